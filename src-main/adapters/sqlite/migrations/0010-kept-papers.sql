-- Papers that name somebody are ciphertext under the data key of an order: the column says of which one. Carriers' own
-- labels lay under keys of their own; those taken in before this have to be taken in again.
alter table documents add column kept_for text;
update documents set withdrawn_at = coalesce(withdrawn_at, issued_at) where kind = 'carrier-label';
delete from sealed_records where owner_kind = 'carrier-label';
