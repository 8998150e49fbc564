-- The backbone: everything the line of work from order to status report keeps.
-- Text ids, whole numbers for time (epoch ms), money (minor units), lengths (mm) and weights (g).
-- Columns that end in _json are opaque to SQL. Every table knows its shop.
--
-- An index begins with shop_id only where a list of the whole shop is walked in its order. Everywhere else the
-- telling column comes first: one shop a file is the rule, and then `shop_id = ?` alone picks out every row.

-- What the shop owns and knows

create table settings (
  shop_id text primary key,
  settings_json text not null
) strict;

create table products (
  row_number integer primary key,
  shop_id text not null,
  sku text not null,
  gtin text,
  name text not null,
  name_folded text not null,
  description text not null,
  category text not null,
  category_folded text not null,
  price_minor integer not null,
  currency text not null,
  tax_rate real not null,
  length_mm integer,
  width_mm integer,
  height_mm integer,
  volume_cm3 integer,
  weight_g integer,
  measures_from text not null,
  handling_json text not null,
  is_active integer not null check (is_active in (0, 1)),
  unique (shop_id, sku)
) strict;
create index products_by_gtin on products (gtin, shop_id) where gtin is not null;
create index products_by_name on products (shop_id, name_folded, sku);
create index products_by_category on products (shop_id, category_folded, sku);
create index products_by_price on products (shop_id, price_minor, sku);
create virtual table product_words using fts5 (
  words, content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);

create table cartons (
  shop_id text not null,
  code text not null,
  name text not null,
  inner_length_mm integer not null,
  inner_width_mm integer not null,
  inner_height_mm integer not null,
  outer_length_mm integer not null,
  outer_width_mm integer not null,
  outer_height_mm integer not null,
  tare_g integer not null,
  max_gross_g integer not null,
  max_volume_cm3 integer,
  cost_minor integer not null,
  is_insulated integer not null check (is_insulated in (0, 1)),
  padding_mm integer not null,
  coolant_mm3 integer not null,
  coolant_g integer not null,
  primary key (code, shop_id)
) strict, without rowid;

create table floors (
  shop_id text primary key,
  floor_json text not null
) strict;

create table locations (
  shop_id text not null,
  code text not null,
  aisle integer not null,
  along_mm integer not null,
  side text not null,
  shelf integer not null,
  primary key (code, shop_id)
) strict, without rowid;

create table carriers (
  shop_id text not null,
  code text not null,
  name text not null,
  priority integer not null,
  carrier_json text not null,
  primary key (code, shop_id)
) strict, without rowid;

-- Stock: the movements are the truth, the levels their sum

create table stock_movements (
  row_number integer primary key,
  shop_id text not null,
  id text not null,
  at integer not null,
  kind text not null,
  item_kind text not null,
  sku text not null,
  location text not null,
  lot text,
  best_before text,
  quantity integer not null,
  actor text not null,
  reason text,
  order_id text,
  unique (id, shop_id)
) strict;

create table stock_levels (
  shop_id text not null,
  item_kind text not null,
  sku text not null,
  location text not null,
  lot text not null,
  best_before text,
  on_hand integer not null check (on_hand >= 0),
  reserved integer not null check (reserved >= 0),
  primary key (sku, item_kind, shop_id, location, lot)
) strict, without rowid;

-- Orders, who placed them and where they came from

create table connections (
  shop_id text not null,
  id text not null,
  platform text not null,
  url text not null,
  order_cursor text,
  product_cursor text,
  erasure_cursor text,
  last_sync_at integer,
  last_sync_summary text,
  primary key (id, shop_id)
) strict, without rowid;

create table users (
  shop_id text not null,
  user_id text not null,
  kind text not null,
  identified_by text not null,
  identified_at integer not null,
  locale text not null,
  email_token text,
  primary key (user_id, shop_id)
) strict, without rowid;

create table orders (
  row_number integer primary key,
  shop_id text not null,
  id text not null,
  code text not null,
  connection_id text not null,
  external_id text not null,
  user_id text not null,
  placed_at integer not null,
  imported_at integer not null,
  currency text not null,
  service text not null,
  window_from integer,
  window_to integer,
  status text not null,
  status_rank integer not null,
  is_partly integer not null check (is_partly in (0, 1)),
  is_held integer not null check (is_held in (0, 1)),
  holds_json text not null,
  pieces integer not null,
  country text not null,
  postcode_area text not null,
  address_token text not null,
  content_hash text not null,
  unique (id, shop_id),
  unique (external_id, connection_id, shop_id),
  foreign key (shop_id, connection_id) references connections (shop_id, id)
) strict;
create index orders_by_code on orders (shop_id, code, id);
create index orders_by_placed on orders (shop_id, placed_at desc, id);
create index orders_by_status on orders (shop_id, status, placed_at desc, id);
create index orders_by_rank on orders (shop_id, status_rank, id);
create index orders_by_pieces on orders (shop_id, pieces, id);
create index orders_by_user on orders (user_id, shop_id);
create index orders_plannable on orders (shop_id, placed_at, id) where status = 'received' and is_held = 0;
create virtual table order_words using fts5 (
  words, content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);

create table order_lines (
  shop_id text not null,
  order_id text not null,
  position integer not null,
  id text not null,
  external_id text not null,
  sku text not null,
  gtin text,
  name text not null,
  quantity integer not null,
  withdrawn integer not null,
  unit_price_minor integer not null,
  tax_rate real not null,
  primary key (order_id, shop_id, position),
  foreign key (shop_id, order_id) references orders (shop_id, id) on delete cascade
) strict, without rowid;

create table fulfilment_events (
  row_number integer primary key,
  shop_id text not null,
  id text not null,
  order_id text not null,
  parcel_id text,
  status text not null,
  at integer not null,
  source text not null,
  actor text not null,
  reason text,
  unique (id, shop_id),
  foreign key (shop_id, order_id) references orders (shop_id, id)
) strict;
create index fulfilment_events_by_order on fulfilment_events (order_id, shop_id, at);

-- Personal data: nothing but ciphertext under a key of its own, and keyed hashes by which it is found.
-- Owner kinds: order, user, connection (its access token).

create table sealed_records (
  shop_id text not null,
  owner_kind text not null,
  owner_id text not null,
  wrapped_key text not null,
  ciphertext text not null,
  primary key (owner_kind, owner_id, shop_id)
) strict, without rowid;

create table search_tokens (
  shop_id text not null,
  token text not null,
  order_id text not null,
  primary key (token, shop_id, order_id),
  foreign key (shop_id, order_id) references orders (shop_id, id) on delete cascade
) strict, without rowid;
create index search_tokens_by_order on search_tokens (order_id, shop_id);

create table erasures (
  shop_id text not null,
  user_id text not null,
  at integer not null,
  primary key (user_id, shop_id)
) strict, without rowid;

-- The main job

create table waves (
  shop_id text not null,
  id text not null,
  code text not null,
  stage text not null,
  created_at integer not null,
  seed integer not null,
  unplanned_json text not null,
  proofs_json text not null,
  rules_json text,
  primary key (id, shop_id)
) strict, without rowid;
create index waves_by_code on waves (code, shop_id);
create index waves_by_created on waves (shop_id, created_at desc, id);

create table wave_steps (
  shop_id text not null,
  wave_id text not null,
  step text not null,
  fingerprint text not null,
  at integer not null,
  ms integer not null,
  primary key (wave_id, shop_id, step),
  foreign key (shop_id, wave_id) references waves (shop_id, id) on delete cascade
) strict, without rowid;

-- is_living: the wave is not closed and has not given the order back. One order, one living wave.
create table wave_orders (
  shop_id text not null,
  wave_id text not null,
  position integer not null,
  order_id text not null,
  is_living integer not null check (is_living in (0, 1)),
  primary key (wave_id, shop_id, position),
  foreign key (shop_id, wave_id) references waves (shop_id, id) on delete cascade,
  foreign key (shop_id, order_id) references orders (shop_id, id)
) strict, without rowid;
create index wave_orders_by_order on wave_orders (order_id, shop_id);
create unique index wave_orders_living on wave_orders (order_id, shop_id) where is_living = 1;

create table parcels (
  shop_id text not null,
  id text not null,
  order_id text not null,
  order_code text not null,
  letter text not null,
  wave_id text not null,
  carton text,
  inner_json text,
  outer_json text not null,
  contents_json text not null,
  placements_json text not null,
  totals_json text not null,
  checked_by text not null,
  handling_json text not null,
  why_json text not null,
  status text not null,
  carrier_code text,
  number text,
  sequence text,
  routing_code text,
  manifest_id text,
  primary key (id, shop_id),
  foreign key (shop_id, order_id) references orders (shop_id, id),
  foreign key (shop_id, wave_id) references waves (shop_id, id)
) strict, without rowid;
create index parcels_by_order on parcels (order_id, shop_id, status);
create index parcels_by_wave on parcels (wave_id, shop_id, status);
create index parcels_to_hand_over on parcels (carrier_code, status, shop_id) where manifest_id is null;

-- Every parcel number ever given, also those of parcels planned away since: none comes back.
create table parcel_numbers (
  shop_id text not null,
  number text not null,
  parcel_id text not null,
  primary key (number, shop_id)
) strict, without rowid;

create table pick_tours (
  shop_id text not null,
  id text not null,
  wave_id text not null,
  seq integer not null,
  length_mm integer not null,
  lower_bound_mm integer not null,
  is_optimal integer not null check (is_optimal in (0, 1)),
  method text not null,
  bin_order_mm integer not null,
  stops_json text not null,
  path_json text not null,
  primary key (id, shop_id),
  foreign key (shop_id, wave_id) references waves (shop_id, id)
) strict, without rowid;
create index pick_tours_by_wave on pick_tours (wave_id, shop_id, seq);

create table consignments (
  shop_id text not null,
  id text not null,
  wave_id text not null,
  position integer not null,
  order_id text not null,
  carrier_code text not null,
  collection_day text not null,
  parcel_ids_json text not null,
  sequence text not null,
  routing_code text not null,
  route integer not null,
  primary key (id, shop_id),
  foreign key (shop_id, wave_id) references waves (shop_id, id)
) strict, without rowid;
create index consignments_by_wave on consignments (wave_id, shop_id, position);

create table route_plans (
  shop_id text not null,
  wave_id text not null,
  position integer not null,
  carrier_code text not null,
  collection_day text not null,
  stops integer not null,
  distance_m integer not null,
  lower_bound_m integer not null,
  is_optimal integer not null check (is_optimal in (0, 1)),
  primary key (wave_id, shop_id, position),
  foreign key (shop_id, wave_id) references waves (shop_id, id)
) strict, without rowid;

-- Hand-over, documents, and what waits to be sent

create table manifests (
  shop_id text not null,
  id text not null,
  number text not null,
  carrier_code text not null,
  collection_day text not null,
  closed_at integer not null,
  parcel_ids_json text not null,
  document_id text not null,
  sent_at integer,
  received_at integer,
  last_status_sequence integer not null,
  primary key (id, shop_id)
) strict, without rowid;
create unique index manifests_by_number on manifests (number, shop_id);
create index manifests_by_closed on manifests (shop_id, closed_at desc, id);

create table documents (
  row_number integer primary key,
  shop_id text not null,
  id text not null,
  kind text not null,
  subject_id text not null,
  version integer not null,
  issued_at integer not null,
  fingerprint text not null,
  file_name text not null,
  media_type text not null,
  sha256 text not null,
  text text,
  withdrawn_at integer,
  unique (id, shop_id)
) strict;
create index documents_by_subject on documents (subject_id, shop_id, kind);

-- Recipients sealed for a courier, apart from the other documents because they are purged.
create table sealed_blocks (
  shop_id text not null,
  document_id text not null,
  text text not null,
  primary key (document_id, shop_id),
  foreign key (shop_id, document_id) references documents (shop_id, id) on delete cascade
) strict, without rowid;

create table document_fetches (
  row_number integer primary key,
  shop_id text not null,
  document_id text not null,
  terminal text not null,
  at integer not null,
  foreign key (shop_id, document_id) references documents (shop_id, id) on delete cascade
) strict;
create index document_fetches_by_document on document_fetches (document_id, shop_id, at);

create table outbox (
  row_number integer primary key,
  shop_id text not null,
  id text not null,
  lane text not null,
  kind text not null,
  order_id text,
  report_sequence integer,
  payload_json text not null,
  created_at integer not null,
  not_before integer not null,
  attempts integer not null,
  state text not null,
  last_problem text,
  unique (id, shop_id)
) strict;
create index outbox_waiting on outbox (shop_id, row_number) where state = 'waiting';
create index outbox_lanes on outbox (lane, shop_id, row_number) where state = 'waiting';
create index outbox_by_state on outbox (shop_id, state, created_at desc, id);
create index outbox_by_created on outbox (shop_id, created_at desc, id);
create index outbox_by_order on outbox (order_id, shop_id, report_sequence) where order_id is not null;

-- People

create table staff (
  shop_id text not null,
  id text not null,
  name text not null,
  role text not null,
  pin_hash text,
  primary key (id, shop_id)
) strict, without rowid;

create table terminals (
  shop_id text not null,
  id text not null,
  name text not null,
  token_hash text not null,
  paired_at integer not null,
  revoked_at integer,
  primary key (id, shop_id)
) strict, without rowid;
create unique index terminals_by_token on terminals (token_hash, shop_id);

create table audit_entries (
  row_number integer primary key,
  shop_id text not null,
  id text not null,
  at integer not null,
  actor text not null,
  action text not null,
  entity text not null,
  entity_id text not null,
  facts_json text,
  unique (id, shop_id)
) strict;
create index audit_entries_by_at on audit_entries (shop_id, at desc, id);
create virtual table audit_words using fts5 (
  words, content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);

-- Running numbers: a name and the last number given.
create table counters (
  shop_id text not null,
  name text not null,
  last integer not null,
  primary key (name, shop_id)
) strict, without rowid;
