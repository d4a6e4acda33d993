/** What the lines of a saved page are: the furniture of a site, or the parts of a story that are not its text. */

const NEWSLETTER = String.raw`(?:subscribe|sign[ -]?up|register|get)\b.{0,60}\b(?:newsletters?|briefing|inbox|alerts?|e-?mails?)\b.{0,80}`;
const SIGNS: RegExp[] = [
  /^(?:skip|jump|go) to (?:the )?(?:main |page )?(?:content|article|navigation|menu|footer)$/i,
  /^(?:estimated )?(?:reading time|read time|time to read)\b.{0,30}$/i,
  /^(?:(?:about )?\d{1,3}|one)[ -]?(?:min|mins|minutes?)\.?(?: (?:de )?(?:read|reading|lecture))?$/i,
  /^(?:share|tweet|e-?mail|print|save|copy|bookmark|like|post|send|gift)(?: (?:this|the|link|article|story|page|on|via|by|to|now|for later|facebook|twitter|x|whatsapp|linkedin|telegram|e-?mail|a friend|icon|link)){0,6}$/i,
  /^(?:facebook|twitter|x|instagram|whatsapp|linkedin|telegram|reddit|youtube|tiktok|pinterest|rss|google news|bluesky|threads)(?: icon)?$/i,
  /^(?:read|see|show|load|view|learn|find out)(?: more| all| full article| the full article| less)(?: comments| news| stories| articles)?(?: ?[.…»›>→]+)?$/i,
  /^(?:story|article)? ?continues? (?:below|after)\b.{0,40}$/i,
  /^(?:\[?(?:advert|advertisement|advertising|ads?|sponsored|sponsored content|promoted|promoted content|publicité|anzeige|werbung|publicidad)\]?)(?: (?:below|above|slot ?\w*|by \w+|\d+))?:?$/i,
  /^(?:[\p{L}\d]+[ _-]){0,2}(?:banner|leaderboard|skyscraper|ad slot|mpu|billboard)(?:[ _-]?(?:\d{1,4}|top|bottom|left|right|mobile|desktop|sidebar)){0,3}$/iu,
  new RegExp(`^(?:please )?${NEWSLETTER}$`, 'i'),
  /^(?:subscribe|subscribe (?:now|today|to .{1,60})|join our .{1,60}|newsletters?|our newsletters?|sign ?up|sign up (?:now|here|today)|your e-?mail(?: address)?|enter your e-?mail.{0,40})[.!:]?$/i,
  /^(?:log ?in|sign ?in|log ?out|register|my account|menu|search|close|open|home|homepage|back|next|previous|more|live|news|tv|e-?paper|toggle .{1,30}|open menu|close menu|back to (?:top|home)|top)$/i,
  /^(?:©|\(c\)|copyright)\W*(?:copyright\W*)?(?:19|20)\d\d\b.*$/i,
  /^(?:.{0,80}\b)?all rights reserved\.?(?: .{0,120})?$/i,
  /^(?:terms|terms (?:of|and) .{1,30}|privacy|privacy (?:policy|notice|settings|preferences)|cookies?|cookie (?:policy|notice|settings|preferences)|legal|legal notice|imprint|impressum|accessibility|advertise(?: with us)?|contact(?: us)?|about(?: us)?|careers|jobs|site ?map|help|faq|do not sell .{1,40})$/i,
  /^(?:follow us|like us|find us|download our app|get (?:the|our) app)(?: (?:on|at|for) .{0,50})?$/i,
  /^(?:listen|watch|play|pause|mute|now playing|(?:listen to|watch) (?:this|the) (?:article|story|video|report)|watch (?:live|now))(?: ?[(\d:)]+)?$/i,
  /^(?:\d+ |no |add a |leave a |post a |view )?comments?(?: ?\(\d+\))?$/i,
  /^(?:updated|modified|last (?:updated|modified))(?: on| at)?:? (?=.*\d)[\p{L}\d ,.:/+-]{4,50}$/iu,
  /^(?:\d{1,2}|an?|one|two|few) (?:seconds?|minutes?|hours?|days?|weeks?|months?) ago$/i,
  /^(?:accept|allow|reject|refuse|decline|manage|save|confirm|customi[sz]e)(?: (?:all|my|only|necessary|optional|non-essential|cookies|preferences|settings|choices|selection|and|close|continue)){0,5}$/i,
  /^(?:on|off|ok|yes|no|i agree|agree|got it|[|/·•*_–—=~.,-]+)$/i,
];
const COOKIES: RegExp[] = [
  /\b(?:we|site|website|partners)\b.{0,80}\buses? (?:\w+ )?cookies\b/i,
  /\bcookie (?:policy|notice|settings|preferences|statement)\b/i,
  /\b(?:necessary|essential|functional|preference|performance|analytics?|analytical|statistics?|marketing|advertising|targeting|social media|third[- ]party)\b.{0,40}\bcookies\b/i,
  /\bcookies (?:help|enable|allow|are used|let|track|collect)\b/i,
];
const RELATED =
  /^(?:(?:more )?related(?: (?:articles?|stories|story|content|news|posts?|reading|topics|coverage))?|(?:read|see|watch) (?:also|next)|also read|more (?:on|about) this(?: story| topic)?|more (?:from|in|on) .{1,40}|recommended(?: (?:for you|reading|stories|articles))?|you (?:may|might) (?:also )?(?:like|be interested in)|don['’]t miss|what to read next|further reading|in the same section)(?: ?:)?$/i;
const INLINE_RELATED =
  /^(?:(?:read|see|watch)(?: more| also| next)?|also read|also see|related(?: (?:article|story))?|more) ?[:|»›>→–-]+ ?(?=\S)/i;
const END =
  /^(?:most (?:read|viewed|popular|shared|watched)|trending(?: now)?|popular|latest(?: (?:news|stories|articles|headlines))?|top stories|editor['’]?s['’]? (?:picks?|choice)|join the (?:conversation|discussion)|tags|topics|keywords|about the author)(?: ?:)?$/i;

/** Whether a line is furniture wherever it stands: skip links, reading times, share buttons, banners, sign-ups. */
export function isFurniture(line: string): boolean {
  return line.length <= 200 && SIGNS.some((sign) => sign.test(line));
}

/** Whether a line is about the site's own cookies; a story may be about cookies, so ask only outside its text. */
export function isCookieNotice(line: string): boolean {
  return line.length <= 2_000 && COOKIES.some((sign) => sign.test(line));
}

/** Whether a line is the heading over related stories. */
export function isRelatedHeading(line: string): boolean {
  return line.length <= 80 && RELATED.test(line);
}

/** "Read more: Ministers meet" → "Ministers meet"; undefined for any other line. */
export function relatedInline(line: string): string | undefined {
  return line.length <= 300 && INLINE_RELATED.test(line) ? line.replace(INLINE_RELATED, '') : undefined;
}

/** Whether a line is the heading over something that is neither the story nor related to it. */
export function endsTheStory(line: string): boolean {
  return line.length <= 80 && END.test(line);
}

const LABEL =
  /^(?:(?:file )?(?:photo|picture|image|photograph)s?)?(?: ?credits?)?(?: by)?: ?|^(?:photo|picture|image)s? by /i;

/** "Ali Bagheri © IRNA" → caption and credit; undefined for a line without a credit. */
export function captionAndCredit(line: string): { caption?: string; credit: string } | undefined {
  if (line.length > 500 || isFurniture(line)) return undefined;
  const patterns = [
    /^(?<caption>.*?)\s*[|/–—-]?\s*(?<credit>©.{1,120})$/u,
    /^(?<caption>.*?)\s*[([](?<credit>(?:(?:photo|picture|image|file photo)s?(?: credit)?(?: by|:)|credit:|via |AP Photo|AFP|Reuters|Getty|EPA)[^()[\]]{0,120})[)\]]\.?$/iu,
    /^(?<caption>.*?)\s*[|/–—-]?\s*\b(?:Photo|Picture|Image|Photograph|PHOTO|IMAGE)s?(?: [Cc]redits?)?(?: by)?: ?(?<credit>[^.]{1,120})\.?$/u,
    /^(?:(?<caption>.*?[.|/–—])\s*)?(?:Photo|Picture|Image|Photograph|PHOTO|IMAGE)s? (?:by|courtesy of) (?<credit>[^.]{1,120})\.?$/u,
    /^(?<caption>.*?)\s*[|/–—-]?\s*\b(?:Credit|CREDIT)s?: ?(?<credit>[^.]{1,120})\.?$/u,
    /^(?<caption>.*?)\s*[|/–—]\s*(?<credit>(?:AFP|AP|Reuters|EPA|DPA|IRNA|Getty)\b[^.]{0,80})$/u,
  ];
  for (const pattern of patterns) {
    const { caption, credit } = pattern.exec(line)?.groups ?? {};
    if (credit)
      return {
        ...(caption ? { caption: caption.replace(/\s*[|/–—]$/u, '') } : {}),
        credit: credit.replace(LABEL, '').trim(),
      };
  }
  return undefined;
}

/** "By Sara Haddad and Dan Cole, Beirut" → its names; undefined for a line that is no byline. */
export function bylineNames(line: string): string[] | undefined {
  const named = /^(?:(?:written |words |report(?:ing)? |text )?by|authors?:|von|par|por)[: ]\s*(?<names>.+)$/iu.exec(
    line,
  );
  const list =
    named?.groups?.names?.split(/\s*(?:,|;|\||·|•|&|\band\b|\bund\b|\bet\b|\by\b)\s*/u).filter(Boolean) ?? [];
  const isName = (part: string) => /^\p{Lu}[\p{L}\p{M}.'’-]*(?: [\p{L}\p{M}.'’-]+){0,4}$/u.test(part);
  return list.length > 0 && line.length <= 200 && !/[a-z]{2}\.$/.test(line) && list.every(isName) ? list : undefined;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const TIME =
  '(?:[ ,T|·•-]*(?:at )?(?<hour>\\d{1,2})[:.](?<minute>\\d\\d)(?::\\d\\d(?:\\.\\d+)?)?(?: ?(?<half>[ap])\\.?m\\.?)?(?: ?(?<zone>Z|UTC|GMT|[+-]\\d\\d:?\\d\\d))?)?';
const DATES = [
  `(?<year>\\d{4})-(?<iso>\\d\\d)-(?<day>\\d\\d)`,
  `(?:[a-z]{3,9},? )?(?<day>\\d{1,2})(?:st|nd|rd|th)? ${MONTH},? (?<year>\\d{4})`,
  `(?:[a-z]{3,9},? )?${MONTH} (?<day>\\d{1,2})(?:st|nd|rd|th)?,? (?<year>\\d{4})`,
].map((date) => new RegExp(`^(?:(?:first )?(?:published|posted)(?: on)?:? )?${date}${TIME}$`, 'i'));

/** "Published: 3 June 2024, 14:05 GMT" → that instant, in UTC where no zone is named; undefined for any other line. */
export function publicationDate(line: string): Date | undefined {
  if (line.length > 100) return undefined;
  const parts = DATES.map((pattern) => pattern.exec(line)?.groups).find((groups) => groups !== undefined);
  if (!parts) return undefined;
  const month = parts.iso ? Number(parts.iso) - 1 : MONTHS.indexOf((parts.month ?? '').slice(0, 3).toLowerCase());
  const half = parts.half?.toLowerCase();
  const hour = half ? (Number(parts.hour) % 12) + (half === 'p' ? 12 : 0) : Number(parts.hour ?? 0);
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(parts.zone ?? '') ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  const day = Number(parts.day);
  const date = new Date(Date.UTC(Number(parts.year), month, day, hour, Number(parts.minute ?? 0) - offset));
  const midnight = new Date(Date.UTC(Number(parts.year), month, day));
  const exists = midnight.getUTCDate() === day && midnight.getUTCFullYear() === Number(parts.year) && hour < 24;
  return exists ? date : undefined;
}
