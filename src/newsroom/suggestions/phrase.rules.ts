/** The words around a name that speak of whom or what it names. English, as far as words go. */
import { isOrdinary, isTitle } from './words.rules.js';
import type { Guess } from './unknown.rules.js';

interface Place {
  start: number;
  end: number;
}

/** Groups and areas that are called after a name: "the Assad regime", "Elm Valley area". */
const groups =
  'administration|allies|area|areas|army|authorities|border|camp|campaign|cell|citizens|city|coalition|commander|commanders|community|companies|company|' +
  'control|countries|delegation|district|employees|family|fighter|fighters|forces|founder|government|group|groups|headquarters|leader|leaders|leadership|' +
  'location|locations|member|members|militants|military|militia|militias|nations|network|officer|officers|official|officials|operatives|opposition|parties|party|people|personnel|' +
  'police|position|positions|province|reader|readers|region|regime|reporter|reporters|residents|soldier|soldiers|spokesman|spokesperson|spokeswoman|staff|' +
  'team|territory|troops|unit|units|user|users|village|volunteer|volunteers';
const group = new RegExp(String.raw`^(?: \p{Ll}[\p{L}-]+){0,2} (?:${groups})(?![\p{L}-])`, 'u');
const small =
  /(?:^| )(?:a|an|and|are|as|at|but|by|for|from|has|have|in|is|of|on|or|that|the|to|was|were|who|will|with)(?: |$)/;
const quarter =
  /(?:^|\s)((?:northern|southern|eastern|western|central|north-?eastern|north-?western|south-?eastern|south-?western|former|neighbou?ring) )$/;
const definite = /(?:^|[^\p{L}'’-])([Tt]he )$/u;
const article = /(?:^|[^\p{L}'’-])((?:[Tt]he|[Aa]n?) )$/u;
const wordBefore = /(?:^|[^\p{L}\p{N}'’-])([\p{L}\p{N}][\p{L}\p{N}.‎-]* )$/u;
const officeBefore = /(?:^|[^\p{L}'’-])(\p{Lu}\p{L}+ (?:of|for) (?:the )?(?:\p{Lu}[\p{L}-]* )+)$/u;
const role =
  /^(?:academic|activist|actor|actress|artist|astronaut|athlete|author|blogger|candidate|cartoonist|comedian|director|founder|historian|interviewee|interviewer|journalist|lawyer|magician|musician|novelist|physicist|player|poet|politician|presidential|rapper|reporter|researcher|scientist|scholar|singer|skier|swimmer|writer) $/;

/** The phrase a name stands in, with the article, the titles and the nation before it and what it is of behind it. */
export function phraseOf(text: string, { start, end }: Place, sort: Guess | null): Place {
  const found = group.exec(text.slice(end, end + 60))?.[0] ?? '';
  const behind = small.test(found) ? '' : found;
  let from = start;
  const take = (pattern: RegExp): string => pattern.exec(text.slice(Math.max(0, from - 60), from))?.[1] ?? '';
  if (sort === 'PERSON' && behind === '') {
    for (let parts = 0; parts < 8; parts++) {
      const [office, word] = [take(officeBefore), take(wordBefore)];
      const name = word.trim();
      if (office !== '' && isTitle(office.split(' ')[0]!)) from -= office.length;
      else if (name === '' || isOrdinary(name) || !(/^\p{Lu}/u.test(name) || isTitle(name) || role.test(word))) break;
      else from -= word.length;
    }
  }
  if (sort === 'PLACE') from -= take(quarter).length;
  from -= take(behind !== '' || from < start ? article : definite).length;
  return { start: from, end: end + behind.length };
}
