-- One photo a product, made small before it comes here: see domain/product-photo.ts. Apart from products, whose rows are
-- read by the thousand. It goes with its product.
create table product_photos (
  shop_id text not null,
  sku text not null,
  media_type text not null check (media_type in ('image/jpeg', 'image/webp')),
  width_px integer not null,
  height_px integer not null,
  taken_at integer not null,
  bytes blob not null,
  primary key (sku, shop_id)
) strict;
