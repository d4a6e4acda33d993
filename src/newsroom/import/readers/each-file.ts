import { basename } from 'node:path';
import { OperatorError } from '../../../kernel/errors.js';
import type { Reader, ReadItem, ReaderOptions, SourceFiles } from '../story.types.js';
import { decoderFor } from './source.js';

/** Reads one file of a format. */
export type FileReader = (sources: SourceFiles, file: string, options: ReaderOptions) => AsyncIterable<ReadItem>;

/**
 * Reads file after file: one that cannot be read, or only to some place, keeps none of the others back. Of several those
 * are left out that are not called like files of the format; one alone may be called anything.
 */
export const eachFile = (read: FileReader, called?: { names: RegExp; what: string }): Reader =>
  async function* (sources, options) {
    if (options.encoding !== undefined) decoderFor(options.encoding); // so that a wrong name is not told file by file
    for (const file of sources.paths) {
      if (called && sources.paths.length > 1 && !called.names.test(basename(file))) {
        yield { place: { file }, skipped: `Its name is not that of ${called.what}.` };
        continue;
      }
      try {
        yield* read(sources, file, options);
      } catch (error) {
        if (!isOfFile(error)) throw error;
        yield {
          place: { file },
          failed:
            error instanceof OperatorError
              ? error.message
              : `The file cannot be read to its end: ${error.message.slice(0, 200)}.`,
        };
      }
    }
  };

/** Whether it is the file that is to blame: what is said in it, how it was packed, or that the system does not give it. */
export const isOfFile = (error: unknown): error is Error =>
  error instanceof OperatorError || /^(?:Z_|CSV_|E[A-Z]+$)/.test(String((error as { code?: unknown }).code));
