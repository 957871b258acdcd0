import { MoveInFault } from '../../move-in/move-in-texts';
import { FileBytes, recordsOf } from '../../move-in/readers/text-source';

/** A line of the national register of health and social establishments (FINESS). */
export type FinessEntry =
  | { kind: 'establishment'; finess: string; name: string; town: string; address: string; entity: string }
  /** A legal entity, which has establishments. */
  | { kind: 'entity'; finess: string; name: string };

/** Columns of the open data: establishments (« structureet », cs1100507) and legal entities (« structureej », cs1100501). */
const ESTABLISHMENT = {
  finess: 1,
  entity: 2,
  name: 3,
  longName: 4,
  street: [7, 8, 9, 10],
  place: 11,
  town: 15,
};
const ENTITY = { finess: 1, name: 2, longName: 3 };
const POSTCODE = /^\d{5}\s+/;
const CEDEX = /\s+CEDEX(?:\s+\d+)?$/i;

/** A file that is not the open data of FINESS. */
export class FinessFileFault extends Error {
  constructor(readonly fault: 'no-establishment' | 'encoding' | 'format') {
    super(fault);
  }
}

/**
 * The establishments and legal entities of a file of the open data set, in its order; other lines are skipped.
 *
 * @throws FinessFileFault for a file of another kind, or that is not UTF-8
 */
export async function* readFiness(bytes: FileBytes): AsyncGenerator<FinessEntry, void> {
  let count = 0;
  try {
    for await (const { cells } of recordsOf(bytes)) {
      const entry = entryOf(cells.map((cell) => cell.trim()));
      if (!entry) continue;
      count++;
      yield entry;
    }
  } catch (error) {
    if (!(error instanceof MoveInFault)) throw error;
    throw new FinessFileFault(error.code === 'not-text' ? 'encoding' : 'format');
  }
  if (count === 0) throw new FinessFileFault('no-establishment');
}

function entryOf(cells: readonly string[]): FinessEntry | undefined {
  const at = (column: number) => cells[column] ?? '';
  if (cells[0] === 'structureej')
    return { kind: 'entity', finess: at(ENTITY.finess), name: at(ENTITY.longName) || at(ENTITY.name) };
  if (cells[0] !== 'structureet') return undefined;
  const street = ESTABLISHMENT.street.map(at).filter(Boolean).join(' ');
  const line = at(ESTABLISHMENT.town);
  return {
    kind: 'establishment',
    finess: at(ESTABLISHMENT.finess),
    name: at(ESTABLISHMENT.longName) || at(ESTABLISHMENT.name),
    town: line.replace(POSTCODE, '').replace(CEDEX, ''),
    address: [street, at(ESTABLISHMENT.place), line].filter(Boolean).join(', '),
    entity: at(ESTABLISHMENT.entity),
  };
}
