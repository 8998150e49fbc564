-- What came back of a parcel: which pieces, where each went, who took them in. Codes only, nothing personal.
alter table parcels add column returns_json text;

-- An order that carries on another one: what is sent again, or later. Its storefront hears of both as one.
alter table orders add column follows_order_id text;
alter table orders add column follows_why text;

create index orders_by_followed on orders (follows_order_id, shop_id) where follows_order_id is not null;
