-- What was really walked, and the ways in by which reports and the log are read.

-- When each stop was done; once the last one is, what the walk came to.
alter table pick_tours add column done_json text;
alter table pick_tours add column finished_at integer;
alter table pick_tours add column walked_mm integer;
alter table pick_tours add column worked_ms integer;
alter table pick_tours add column planned_ms integer;

create index pick_tours_finished on pick_tours
  (shop_id, finished_at, length_mm, bin_order_mm, walked_mm, worked_ms, planned_ms) where finished_at is not null;

create index fulfilment_events_by_status on fulfilment_events (shop_id, status, at, order_id, parcel_id);

-- A parcel's row is long; reports read only what costs money.
create index parcels_for_reports on parcels
  (id, shop_id, order_id, order_code, wave_id, carrier_code, carton, manifest_id, outer_json, totals_json);

create index consignments_by_order on consignments (order_id, shop_id, wave_id, collection_day);

create index orders_by_window on orders (shop_id, window_to, id) where window_to is not null;

create index stock_movements_by_kind on stock_movements
  (shop_id, kind, at, item_kind, sku, location, quantity, reason);

create index audit_entries_by_actor on audit_entries (shop_id, actor, at desc, id);
create index audit_entries_by_action on audit_entries (shop_id, action, at desc, id);
create index audit_entries_by_entity on audit_entries (shop_id, entity, entity_id, at desc, id);
