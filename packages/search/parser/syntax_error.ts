/** The query's text cannot be read, or asks for more than is allowed. The only thing that a parser throws. */
export class QuerySyntaxError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'QuerySyntaxError';
  }
}
