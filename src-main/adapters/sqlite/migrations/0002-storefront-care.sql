-- What the care of a storefront needs to remember: when its open orders were compared and read again, what the shop chose.
alter table connections add column last_reconciled_at integer;
alter table connections add column last_reread_at integer;
alter table connections add column options_json text not null default '{}';
