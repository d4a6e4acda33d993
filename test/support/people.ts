import { AccountRow, AccountSectionRow } from '../../src/accounts/account.rows.js';
import type { AccountRole, AccountViewer } from '../../src/kernel/viewer.js';
import { insertAll, nowIn } from '../../src/kernel/write.js';
import type { TestNewsroom } from './newsroom.js';

export interface People {
  contributor: AccountViewer;
  editor: AccountViewer;
  chief: AccountViewer;
  admin: AccountViewer;
}

/** One of each role, as viewers whose accounts are there: for `askAs` and `contextAs`. */
export async function peopleOf(newsroom: TestNewsroom): Promise<People> {
  return {
    contributor: await personOf(newsroom, { name: 'Cora Contributor', role: 'CONTRIBUTOR' }),
    editor: await personOf(newsroom, { name: 'Edith Editor', role: 'EDITOR' }),
    chief: await personOf(newsroom, { name: 'Chima Chief', role: 'CHIEF' }),
    admin: await personOf(newsroom, { name: 'Ada Admin', role: 'ADMIN' }),
  };
}

/** Somebody with an account; limited to sections when some are given. */
export async function personOf(
  newsroom: TestNewsroom,
  { name, role, sectionIds = null }: { name: string; role: AccountRole; sectionIds?: readonly number[] | null },
): Promise<AccountViewer> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@news.example`;
  const accountId = await newsroom.database.transaction(async (tx) => {
    const account = { email, name, role, active: true, passwordHash: null, issuer: null, subject: null, version: 1 };
    const inserted = await tx.manager.insert(AccountRow, { ...account, createdAt: await nowIn(tx) });
    const { id } = inserted.identifiers[0] as { id: number };
    await insertAll(
      tx,
      AccountSectionRow,
      (sectionIds ?? []).map((sectionId) => ({ accountId: id, sectionId })),
    );
    return id;
  });
  return { kind: 'account', accountId, name, role, sectionIds };
}
