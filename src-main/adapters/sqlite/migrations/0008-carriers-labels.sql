-- A carrier's own number of a parcel, beside ours.
alter table parcels add column tracking text;

-- By which way a manifest went, the courier's receipt, and a receipt that did not hold.
alter table manifests add column hand_over_json text not null default '{}';
create index outbox_by_manifest on outbox (payload_json ->> '$.manifestId', shop_id) where kind = 'manifest';

-- How mails to couriers leave. The password lies in sealed_records.
create table mail_settings (
  shop_id text primary key,
  mail_json text not null
) strict;
