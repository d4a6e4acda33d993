import { registerEnumType } from 'type-graphql';
import { changeKinds } from './change.words.js';

export const ChangeKindEnum = Object.fromEntries(changeKinds.map((kind) => [kind, kind]));
registerEnumType(ChangeKindEnum, {
  name: 'ChangeKind',
  description: 'What a partner is told.',
});
