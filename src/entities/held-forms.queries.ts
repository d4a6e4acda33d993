import { setImmediate as turn } from 'node:timers/promises';
import { read, type Reading } from '../kernel/context.js';
import type { Freshness } from '../kernel/freshness.js';
import { freshAt } from '../kernel/hold.js';
import { sql } from '../kernel/sql.js';
import { FormSet } from './form-set.rules.js';

type MayBe = (form: string) => boolean;

/** How many forms are read at a time, others having their turn in between. */
const atOnce = 5_000;
const anything: MayBe = () => true;

interface Held {
  forms: FormSet;
  version: number;
  /** The last change whose forms are among them. */
  seq: number;
}

/** The forms that a process holds. A form that no name has any more stays until all are read again. */
class HeldForms {
  private held: Held | undefined;
  private isReading = false;

  constructor(private readonly freshness: Freshness) {}

  async mayBe(reading: Reading): Promise<MayBe> {
    const version = await freshAt(reading, this.freshness);
    const seq = this.freshness.stamp.changes;
    if (this.held && !this.freshness.holds(this.held.version, [])) this.held = undefined;
    if (!this.held) {
      if (!this.isReading) void this.readAll(reading, { forms: new FormSet(), version, seq });
      return anything;
    }
    const { held } = this;
    if (seq > held.seq) {
      for (const { form } of await formsSince(reading, held.seq)) held.forms.add(form);
      held.seq = Math.max(held.seq, seq);
    }
    return (form) => held.forms.has(form);
  }

  /** Nobody waits for it; when it fails, whoever asks next begins again. */
  private async readAll(reading: Reading, held: Held): Promise<void> {
    this.isReading = true;
    try {
      for (let last: string | undefined = ''; last !== undefined;) {
        await turn();
        const rows: { form: string }[] = await formsBehind(reading, last);
        for (const { form } of rows) held.forms.add(form);
        last = rows.length < atOnce ? undefined : rows.at(-1)!.form;
      }
      this.held = held;
    } catch {
      this.held = undefined;
    } finally {
      this.isReading = false;
    }
  }
}

const formsBehind = (reading: Reading, last: string) =>
  read<{ form: string }>(
    reading,
    sql`select distinct form from entity_form where form > ${last} order by form limit ${atOnce}`,
  );

/** The forms of those who were changed; who is brought in from an archive or a list touches everything. */
const formsSince = (reading: Reading, seq: number) =>
  read<{ form: string }>(
    reading,
    sql`select f.form from content_change c join entity_form f on f.entityId = c.subjectId
        where c.seq > ${seq} and c.subject in ${['Person', 'Organisation', 'Place']}`,
  );

const heldBy = new WeakMap<Freshness, HeldForms>();

/**
 * Tells what cannot be a form of any name, so that it need not be looked up. All can be while the forms are being read, and
 * where freshness is not known.
 */
export async function mayBeForm(reading: Reading): Promise<MayBe> {
  const { freshness } = reading;
  if (!freshness) return anything;
  const forms = heldBy.get(freshness) ?? new HeldForms(freshness);
  heldBy.set(freshness, forms);
  return forms.mayBe(reading);
}
