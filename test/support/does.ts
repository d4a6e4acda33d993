import type { Viewer } from '../../src/kernel/viewer.js';
import type { TestNewsroom } from './newsroom.js';

/** Does a mutation as somebody and gives its answer: its `__typename`, a refusal's message and path, and what is selected. */
export async function does(
  newsroom: TestNewsroom,
  viewer: Viewer,
  mutation: string,
  input: object,
  selection = '',
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers of any shape
): Promise<any> {
  const field = newsroom.schema.getMutationType()!.getFields()[mutation]!;
  const { data, errors } = await newsroom.askAs(
    viewer,
    `mutation ($input: ${String(field.args[0]!.type)}) { ${mutation}(input: $input) {
      __typename ... on UserError { message path } ${selection} } }`,
    { input },
  );
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return (data as Record<string, unknown>)[mutation];
}

const draftSaved = '... on DraftSaved { article { id version } }';

/** Begins a story with a text in Markdown; gives its id. */
export async function begins(
  newsroom: TestNewsroom,
  viewer: Viewer,
  title: string,
  more: object = {},
): Promise<string> {
  const input = { title, section: 'mena', body: { markdown: `What happened with ${title}.` }, ...more };
  return (await does(newsroom, viewer, 'createDraft', input, draftSaved)).article.id as string;
}
