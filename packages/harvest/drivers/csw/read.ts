import { UnreadableXml } from '@portolan/metadata';
import { type Limits, limited } from '../../thread/limited.ts';
import { CswException, readCapabilities, readPage, readRecordById } from './responses.ts';

/** What an answer says, or why it says nothing: errors would lose their kind on their way between threads. */
type Told<Result> =
  | { result: Result }
  | { unreadable: string }
  | { exception: string; deniesParameter: boolean };

function told<Result>(read: () => Result): Told<Result> {
  try {
    return { result: read() };
  } catch (error) {
    if (error instanceof UnreadableXml) return { unreadable: error.message };
    if (error instanceof CswException)
      return { exception: error.message, deniesParameter: error.deniesParameter };
    throw error;
  }
}

/** A function that reads an answer, within limits. @throws UnreadableXml, CswException, TooMuchWork */
const reader = <Args extends unknown[], Result>(read: (...args: Args) => Told<Result>) => {
  const inThread = limited(import.meta.url, read);
  return async (limits: Limits, ...args: Args): Promise<Result> => {
    const answer = (await inThread(limits, ...args)) as Told<Result>;
    if ('unreadable' in answer) throw new UnreadableXml(answer.unreadable);
    if ('exception' in answer)
      throw new CswException(answer.exception, { deniesParameter: answer.deniesParameter });
    return answer.result;
  };
};

export const tellPage = (text: string, whole: boolean) => told(() => readPage(text, whole));
export const tellRecord = (text: string) => told(() => readRecordById(text));
export const tellCapabilities = (text: string) => told(() => readCapabilities(text));

export const readPageLimited = reader(tellPage);
export const readRecordLimited = reader(tellRecord);
export const readCapabilitiesLimited = reader(tellCapabilities);
