import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, missing, staleVersion, type UserErrorView } from '../../kernel/errors.js';
import { recordAudit } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { sql } from '../../kernel/sql.js';
import { checkText, deleteUnlessUsed, insertUnlessThere, isDuplicate, nowIn } from '../../kernel/write.js';
import { conditionsFor, type Sought } from '../../search/match.queries.js';
import { asksSomething } from '../../search/match.rules.js';
import { checkFilter, type ProductFilter } from '../partners/product.rules.js';
import { holdPartner, isTheirOwn } from '../webhooks/hold.commands.js';
import { most } from '../webhooks/webhook.words.js';
import { savedSearchIn, type SavedSearchView } from './saved-search.queries.js';
import { SavedSearchRow } from './saved-search.rows.js';

export interface SaveSearchInput extends CommandInput {
  /** Absent for one that is new. */
  id?: number | null | undefined;
  expectedVersion?: number | null | undefined;
  partnerId?: number | null | undefined;
  name: string;
  query?: string | null | undefined;
  filter?: ProductFilter | null | undefined;
}

/** Keeps a search of a partner, or changes one at the version that was seen, as a whole. */
export async function saveSearch(
  ctx: Context,
  input: SaveSearchInput,
): Promise<{ __typename: 'SearchSaved'; savedSearch: SavedSearchView } | UserErrorView> {
  return perform(ctx, 'saveSearch', input, async (tx) => {
    const name = checkText('name', input.name, { min: 1, max: 120 });
    const values = { name, ...(await soughtIn(ctx, input)) };
    const id = input.id == null ? await make(ctx, tx, input, values) : await change(ctx, tx, input, values);
    await recordAudit(ctx, tx, { action: 'save', subject: 'SavedSearch', subjectId: id });
    return { __typename: 'SearchSaved' as const, savedSearch: (await savedSearchIn(tx, id))! };
  });
}

type Values = Pick<SavedSearchRow, 'name' | 'query' | 'filter'>;

async function make(ctx: Context, tx: Transaction, input: SaveSearchInput, values: Values): Promise<number> {
  const partnerId = await holdPartner(ctx, tx, input.partnerId);
  const [there] = await tx.read<{ total: number }>(
    sql`select count(*) as total from saved_search where partnerId = ${partnerId}`,
  );
  if (there!.total >= most.searches)
    throw badInput(`A partner keeps at most ${most.searches} searches: delete one first.`);
  const row = { partnerId, ...values, version: 1, createdAt: await nowIn(tx) };
  if (!(await insertUnlessThere(tx, SavedSearchRow, row))) throw nameTaken(values.name);
  const [made] = await tx.read<{ id: number }>(
    sql`select id from saved_search where partnerId = ${partnerId} and name = ${values.name}`,
  );
  return made!.id;
}

async function change(ctx: Context, tx: Transaction, input: SaveSearchInput, values: Values): Promise<number> {
  const { id, version } = await holdSearch(ctx, tx, input.id!);
  if (input.expectedVersion == null) throw badInput('Say which version you saw.', 'expectedVersion');
  if (version !== input.expectedVersion) throw staleVersion('saved search', input.expectedVersion, version);
  try {
    await tx.manager.update(SavedSearchRow, { id }, { ...(values as object), version: version + 1 });
  } catch (error) {
    if (isDuplicate(error)) throw nameTaken(values.name);
    throw error;
  }
  return id;
}

const nameTaken = (name: string) => badInput(`There is a search called “${name}” already.`, 'name');

/** Checks that a search can find something. */
async function soughtIn(ctx: Context, input: SaveSearchInput): Promise<Sought> {
  const query = checkText('query', input.query ?? '', { max: 500 });
  const filter = checkFilter(input.filter ?? {});
  if (!asksSomething(await conditionsFor(ctx, { query, filter }))) {
    throw badInput('There is nothing in it to look for: give words, or a filter.', 'query');
  }
  return { query, filter };
}

async function holdSearch(ctx: Context, tx: Transaction, id: number): Promise<SavedSearchView> {
  await tx.run(sql`update saved_search set version = version where id = ${id}`);
  const search = await savedSearchIn(tx, id);
  if (!search || !isTheirOwn(ctx, search.partnerId)) throw missing('saved search', 'id');
  return search;
}

/** Keeps a search no more; one that a webhook sends by is kept. */
export function deleteSavedSearch(
  ctx: Context,
  input: CommandInput & { id: number },
): Promise<{ __typename: 'SavedSearchDeleted'; savedSearchId: number } | UserErrorView> {
  return perform(ctx, 'deleteSavedSearch', input, async (tx) => {
    const { id } = await holdSearch(ctx, tx, input.id);
    if (!(await deleteUnlessUsed(tx, sql`delete from saved_search where id = ${id}`))) {
      throw badInput('A webhook sends by it: give that another search first, or none.', 'id');
    }
    await recordAudit(ctx, tx, { action: 'delete', subject: 'SavedSearch', subjectId: id });
    return { __typename: 'SavedSearchDeleted' as const, savedSearchId: id };
  });
}
