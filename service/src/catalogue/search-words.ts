import { ShopError } from '../errors.ts'

const mostWords = 5

/**
 * The words of a search. Only the spaces between them are looked at: what makes two spellings the same word is PostgreSQL's to say.
 * @throws invalid_request, naming `q`, when there is no word, or more than five, each of which costs a look at the index.
 */
export function searchWords(q: string): string[] {
  const words = q.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) throw new ShopError('invalid_request', { field: 'q', message: 'q has no word in it.' })
  if (words.length > mostWords) {
    throw new ShopError('invalid_request', {
      field: 'q',
      message: `q has ${words.length} words: search for at most ${mostWords}.`,
    })
  }
  return words
}
