import type { Sql } from './sql.ts'

/** Empties every table of ours, in one transaction, and gives the freed pages back: the file keeps no byte of them. */
export async function removeEverything(sql: Sql): Promise<void> {
  await sql.write(() => {
    sql.checkReferencesAtTheEnd()
    const tables = sql.all<{ name: string; type: string }>(
      `select name, type from pragma_table_list where schema = 'main' and type in ('table', 'virtual')
       and name not in ('applied_migrations', 'sqlite_schema', 'sqlite_sequence') order by name`,
    )
    // Names of our own migrations, never somebody's words. A search index without contents is emptied by a word of its own.
    for (const { name, type } of tables)
      sql.run(type === 'virtual' ? `insert into "${name}" ("${name}") values ('delete-all')` : `delete from "${name}"`)
  })
  sql.shrink()
  sql.checkpoint()
}
