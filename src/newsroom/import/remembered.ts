import Libsql from 'libsql';

/**
 * What has to be known from one end of an archive to the other, in a file of its own that is gone with the process: so that no archive
 * is too large for memory.
 */
export class Remembered<Value> {
  private readonly file = new Libsql(''); // a private file in the temporary folder, which has no name
  private readonly read: Libsql.Statement;
  private readonly write: Libsql.Statement;

  constructor() {
    for (const setting of ['journal_mode = off', 'synchronous = off', 'cache_size = -4000']) {
      this.file.exec(`pragma ${setting}`);
    }
    this.file.exec('create table remembered (name text primary key, value text) without rowid');
    this.file.exec('begin');
    this.read = this.file.prepare('select value from remembered where name = ?');
    this.write = this.file.prepare('insert or replace into remembered values (?, ?)');
  }

  get(name: string): Value | undefined {
    const row = this.read.get(name) as { value: string } | undefined;
    return row && (JSON.parse(row.value) as Value);
  }

  set(name: string, value: Value): void {
    this.write.run(name, JSON.stringify(value));
  }

  /** Forgets all of it. */
  close(): void {
    this.file.close();
  }
}
