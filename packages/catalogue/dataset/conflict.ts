import { invalid, invalidMessage } from '@portolan/kernel';

interface DatabaseError {
  code?: string;
  constraint?: string;
}

/** What two that write at once, or a text beyond an index, make of a statement, as the client's error. */
export async function withConflicts<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code, constraint } = error as DatabaseError;
    if (code === '23505' && constraint === 'package_name_key')
      throw invalid({ name: ['That URL is already in use.'] });
    if (code === '23505' && constraint === 'package_pkey')
      throw invalid({ id: ['Dataset id already exists'] });
    if (code === '54000') throw invalidMessage('The request holds a text that is too long to be stored');
    throw error;
  }
}
