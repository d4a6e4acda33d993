import { Column, ForeignKey, PrimaryGeneratedColumn } from 'typeorm';

/**
 * The only column types the rows use: those that mean the same on MySQL, MariaDB and SQLite. Moments are whole
 * milliseconds since 1970 UTC, days are `YYYY-MM-DD`, and enumerations are words.
 */
interface Options {
  nullable?: boolean;
}

interface NumberOptions extends Options {
  default?: number;
}

export const Id = () => PrimaryGeneratedColumn({ type: 'int' });

/** The id of a row in another table, which must be there. */
export const Reference =
  (table: string, options: Options = {}): PropertyDecorator =>
  (target, property) => {
    Column('int', options)(target, property);
    const name = `${target.constructor.name.replace(/Row$/, '').toLowerCase()}_${String(property)}`;
    ForeignKey(table, 'id', { name, onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })(target, property);
  };
export const Whole = (options: NumberOptions = {}) => Column('int', options);
export const Fraction = (options: Options = {}) => Column('double', options);
export const Flag = () => Column('boolean');
export const Text = (length: number, options: Options & { default?: string } = {}) =>
  Column('varchar', { length, ...options });
export const Json = (options: Options = {}) => Column('json', options);
export const Instant = (options: NumberOptions = {}) => Column('bigint', options);
export const CalendarDay = (options: Options = {}) => Column('varchar', { length: 10, ...options });
