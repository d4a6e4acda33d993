import { Refusal } from '../kernel/errors.js';
import type { MediaStore } from './media.store.js';
import { originalOf } from './picture.original.js';
import { storeOriginal } from './picture.store.js';
import { ReceivedFile, type KeptOriginal } from './upload.scalar.js';

/** Checks bytes that somebody sent, and keeps what they show; refuses what is no picture of ours. */
export async function keepOriginal(store: MediaStore, sent: Buffer): Promise<KeptOriginal> {
  const { bytes, width, height } = await originalOf(sent);
  return { file: await storeOriginal(store, bytes), width, height };
}

/** As `keepOriginal`, for a mutation to answer: a refusal becomes its answer. */
export async function receiveFile(store: MediaStore, sent: Buffer): Promise<ReceivedFile> {
  try {
    return new ReceivedFile(await keepOriginal(store, sent));
  } catch (error) {
    if (error instanceof Refusal) return new ReceivedFile({ refused: error.message });
    throw error;
  }
}
