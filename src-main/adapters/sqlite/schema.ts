import type Database from 'better-sqlite3'

/** The tables and indexes of a database as SQL text, by table and name: what all migrations together make. */
export function schemaOf(db: Database.Database): string {
  const rows = db
    .prepare<[], { sql: string }>(
      `select sql from sqlite_schema
       where sql is not null and name not glob '*_words_*' order by tbl_name, type <> 'table', name`,
    )
    .all()
  return rows.map((row) => `${row.sql};\n`).join('\n')
}
