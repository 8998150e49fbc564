-- Lists turned round: ties are still told in the order of ids, so that an index cannot be walked backwards for them.
create index orders_by_rank_down on orders (shop_id, status_rank desc, id);
create index orders_by_pieces_down on orders (shop_id, pieces desc, id);
-- The few orders on hold among those of a year: Today asks for them at every look.
create index orders_on_hold on orders (shop_id, placed_at desc, id) where is_held = 1;
