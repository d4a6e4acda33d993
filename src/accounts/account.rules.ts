import { createHash, randomBytes } from 'node:crypto';
import { badInput } from '../kernel/errors.js';
import { checkText } from '../kernel/write.js';

/** An email as accounts are found by it: in lower case. */
export function checkEmail(email: string): string {
  const text = checkText('email', email, { min: 3, max: 191 }).toLowerCase();
  if (/\p{C}/u.test(text) || !/^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(text))
    throw badInput('That is not an email address.', 'email');
  return text;
}

/** A password that may be set: long rather than odd, and without the email, where that is known. */
export function checkPassword(field: string, password: string, email: string | null): string {
  if (!password.isWellFormed()) throw badInput('The password has half a surrogate pair.', field);
  const length = [...password].length;
  if (length < 12) throw badInput(`The password has ${length} characters: take at least 12.`, field);
  if (length > 200) throw badInput(`The password has ${length} characters: take at most 200.`, field);
  if (new Set(password).size < 5) throw badInput('The password repeats itself: take a longer mixture.', field);
  if (email !== null && password.toLowerCase().includes(email))
    throw badInput('The password must not hold the email.', field);
  return password;
}

/** A new secret for a session, which only its holder knows. */
export const newToken = (): string => `ngs_${randomBytes(32).toString('base64url')}`;

/** What is stored of a token, or of anything that is only to be recognised again. */
export const printOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
