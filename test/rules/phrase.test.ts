import { phraseOf } from '../../src/newsroom/suggestions/phrase.rules.js';
import type { Guess } from '../../src/newsroom/suggestions/unknown.rules.js';

const phrase = (text: string, name: string, sort: Guess | null): string => {
  const start = text.indexOf(name);
  const { start: from, end } = phraseOf(text, { start, end: start + name.length }, sort);
  return text.slice(from, end);
};

describe('the phrase a name stands in', () => {
  test.each<[string, string, Guess | null, string]>([
    [
      'says Foreign Office Minister Odile Brandt today',
      'Odile Brandt',
      'PERSON',
      'Foreign Office Minister Odile Brandt',
    ],
    ['says the Secretary of State Odile Brandt', 'Odile Brandt', 'PERSON', 'the Secretary of State Odile Brandt'],
    ['a photo of magician Odile Brandt', 'Odile Brandt', 'PERSON', 'magician Odile Brandt'],
    ['But Brandt left', 'Brandt', 'PERSON', 'Brandt'],
    ['He met Brandt there', 'Brandt', 'PERSON', 'Brandt'],
    ['by the Elm Valley Trust', 'Elm Valley Trust', 'ORGANISATION', 'the Elm Valley Trust'],
    ['an Elm Valley Trust', 'Elm Valley Trust', 'ORGANISATION', 'Elm Valley Trust'],
    ['an Elm tactical unit', 'Elm', 'ORGANISATION', 'an Elm tactical unit'],
    ['the Brandt regime', 'Brandt', 'PERSON', 'the Brandt regime'],
    ['Elm is the party', 'Elm', 'ORGANISATION', 'Elm'],
    ['in northern Quorland', 'Quorland', 'PLACE', 'northern Quorland'],
    ['breathe Quorland', 'Quorland', 'PLACE', 'Quorland'],
  ])('in "%s" of "%s" (%s) is "%s"', (text, name, sort, expected) => expect(phrase(text, name, sort)).toBe(expected));
});
