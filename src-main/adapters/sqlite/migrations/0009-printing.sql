-- The shop's printers, one record; and every document that was sent to one of them. Codes only, nothing personal.
create table print_setup (
  shop_id text primary key,
  setup_json text not null
) strict, without rowid;

create table print_jobs (
  row_number integer primary key,
  shop_id text not null,
  id text not null,
  run_id text not null,
  position integer not null,
  created_at integer not null,
  changed_at integer not null,
  actor text not null,
  kind text not null,
  document_id text,
  title text not null,
  printer_id text not null,
  printer_name text not null,
  state text not null,
  reason text,
  spooler_job text,
  is_again integer not null check (is_again in (0, 1)),
  is_scaled integer not null check (is_scaled in (0, 1)),
  unique (id, shop_id)
) strict;

create index print_jobs_by_time on print_jobs (shop_id, created_at desc, run_id, position);
create index print_jobs_by_document on print_jobs (document_id, shop_id);
create index print_jobs_open on print_jobs (shop_id, state) where state in ('waiting', 'sending', 'handed-over');
