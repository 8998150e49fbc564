-- What an order costs, as its storefront told the customer; NULL for orders taken in before it was kept.
alter table orders add column goods_minor integer;
alter table orders add column shipping_minor integer;
alter table orders add column tax_minor integer;
alter table orders add column total_minor integer;
alter table orders add column payment text;

-- Issued invoices stay for ever: that is how the sequence of numbers proves to be unbroken. Nothing personal here, and
-- no reference to orders: what becomes of those does not reach an invoice.
create table invoices (
  row_number integer primary key,
  shop_id text not null,
  id text not null,
  series text not null,
  sequence integer not null,
  number text not null,
  kind text not null check (kind in ('invoice', 'cancellation')),
  cancels_id text,
  cancels_number text,
  order_id text not null,
  order_code text not null,
  issued_at integer not null,
  issued_on text not null,
  delivered_on text not null,
  currency text not null,
  net_minor integer not null,
  tax_minor integer not null,
  gross_minor integer not null,
  taxes_json text not null,
  keep_until integer not null,
  proof text not null,
  unique (id, shop_id),
  unique (series, sequence, shop_id),
  unique (number, shop_id),
  unique (cancels_id, shop_id)
) strict;

create index invoices_by_order on invoices (order_id, shop_id);
create index invoices_by_day on invoices (shop_id, issued_on, id);

-- What ends with the time an invoice must be kept: lines, and the buyer under a data key of its own.
create table invoice_bodies (
  shop_id text not null,
  invoice_id text not null,
  user_id text not null,
  keep_until integer not null,
  content_json text not null,
  wrapped_key text,
  ciphertext text,
  primary key (invoice_id, shop_id),
  foreign key (shop_id, invoice_id) references invoices (shop_id, id)
) strict, without rowid;

create index invoice_bodies_by_user on invoice_bodies (user_id, shop_id);
create index invoice_bodies_by_end on invoice_bodies (shop_id, keep_until);

create index orders_to_collect on orders (shop_id, id) where service = 'collect' and status not in ('delivered', 'returned', 'cancelled');
