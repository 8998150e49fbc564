-- The search keeps its own index in memory; the full-text copy of the catalogue is read by nobody any more.
DROP TABLE IF EXISTS product_text;
