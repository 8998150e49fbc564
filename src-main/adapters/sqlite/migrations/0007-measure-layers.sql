-- Each origin keeps its own word on a product's measures; the columns hold what is in force. Until now there was one
-- origin for all of them: what it said becomes its layer. Handling as usual was nobody's word.
alter table products add column layers_json text not null default '{}';
alter table products add column measures_confirmed integer not null default 0 check (measures_confirmed in (0, 1));

create temp table layers_now as
select row_number, json_patch('{}', json_object(measures_from, json_object(
  'space', case when length_mm is null and volume_cm3 is null then null else json_object(
    'sizeMm', case when length_mm is null or width_mm is null or height_mm is null then null
      else json_array(length_mm, width_mm, height_mm) end,
    'volumeCm3', volume_cm3) end,
  'weightG', weight_g,
  'handling', case when handling_json ->> '$.orientation' = 'any' and handling_json ->> '$.maxLoadG' is null
      and handling_json ->> '$.class' is null and handling_json ->> '$.temperature' = 'ambient'
      and not handling_json ->> '$.alone' and not handling_json ->> '$.ownBox' and not handling_json ->> '$.fragile'
      and handling_json ->> '$.dangerousG' = 0 and json_array_length(handling_json, '$.foldedMm') = 0 then null
    else json(handling_json) end))) as layers
from products;
update products set layers_json = layers_now.layers from layers_now where layers_now.row_number = products.row_number;
-- A layer that says nothing is none.
update products set layers_json = '{}' where layers_json like '%:{}}';
drop table layers_now;
alter table products drop column measures_from;

-- An import that is undone puts products back as they are kept there.
update import_changes set before_json = json_remove(json_set(before_json, '$.layers', json_patch('{}', json_object(
  before_json ->> '$.measuresFrom', json_object(
    'space', case when before_json -> '$.sizeMm' is null and before_json -> '$.volumeCm3' is null then null
      else json_object('sizeMm', before_json -> '$.sizeMm', 'volumeCm3', before_json -> '$.volumeCm3') end,
    'weightG', before_json -> '$.weightG',
    'handling', before_json -> '$.handling')))), '$.measuresFrom')
where before_json is not null;

-- What changed since somebody last looked: numbers from the counter 'catalogue', never given twice.
alter table products add column revision integer not null default 0;
create index products_by_revision on products (shop_id, revision);

-- What the storefronts said beside staff was not kept: they are asked once more for everything.
update connections set product_cursor = null;
