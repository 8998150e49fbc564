-- When a terminal was last heard, who works here no more, and whose PIN rests until a manager says otherwise.
alter table terminals add column last_seen_at integer;
alter table staff add column left_at integer;
alter table staff add column pin_locked_at integer;
