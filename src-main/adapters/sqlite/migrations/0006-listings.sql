-- Under which of its own ids a storefront sells a product: what it takes off sale it names by that id alone.
create table listings (
  shop_id text not null,
  connection_id text not null,
  external_id text not null,
  sku text not null,
  primary key (connection_id, external_id, shop_id),
  foreign key (shop_id, connection_id) references connections (shop_id, id)
) strict, without rowid;

create index listings_by_sku on listings (sku, shop_id);
