-- A parcel's row is long, and most of it its picture: a report over a year read every one of them whole. The index of
-- 0014 was right, but only a query that names it uses it: found by their key alone, SQLite prefers the rows.
create index parcels_for_reports on parcels
  (id, shop_id, order_id, order_code, wave_id, carrier_code, carton, manifest_id, outer_json, totals_json);
