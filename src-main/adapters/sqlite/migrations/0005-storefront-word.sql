-- What the storefront last said of an order's status, and of when it changed: a feed that keeps silent is found out by it.
alter table orders add column said_status text;
alter table orders add column said_changed_at integer;
