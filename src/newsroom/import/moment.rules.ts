const earliest = Date.UTC(1600, 0);
const latest = Date.UTC(2200, 0);
const hasZone = /(?:[zZ]|[+-]\d{2}:?\d{2}|\b(?:GMT|UTC|UT|[ECMP][SD]T))\s*(?:\(.*\))?$/;

/** The moment that a date in any usual form means, in UTC where it names no zone; nothing when it is none. */
export function momentIn(date: string | number | undefined): number | undefined {
  if (date === undefined) return undefined;
  const ms = typeof date === 'number' || /^\d{9,14}$/.test(date) ? ofNumber(Number(date)) : ofText(date.trim());
  return Number.isFinite(ms) && ms >= earliest && ms < latest ? Math.trunc(ms) : undefined;
}

/** Seconds since 1970, or milliseconds when there are too many for seconds. */
const ofNumber = (value: number): number => (Math.abs(value) < 100_000_000_000 ? value * 1_000 : value);

function ofText(written: string): number {
  const text = written.replace(/(?<=^\d{4}-\d{2}-\d{2}[T ])(?=\d:)/, '0'); // some write nine o'clock as 9:00
  const iso =
    /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2}(?:\.\d+)?))?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i.exec(
      text,
    );
  if (!iso) return Date.parse(hasZone.test(text) ? text : `${text} UTC`);
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = 'Z'] = iso;
  if (month === '00' || day === '00') return NaN;
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second.slice(0, 6)}${offset}`);
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day) ? ms : NaN;
}

/** Why a story whose date is still to come is kept from readers; nothing when it is not. */
export function aheadNote(date: string | number | undefined, now: number): string | undefined {
  const moment = momentIn(date);
  if (moment === undefined || moment <= now) return undefined;
  return `Its date, ${new Date(moment).toISOString()}, is still to come: it was kept as a draft.`;
}
