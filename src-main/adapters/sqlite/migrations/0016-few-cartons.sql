-- Free cartons of a kind below which somebody should order more; null = the usual number.
alter table cartons add column warn_below integer check (warn_below >= 0);
