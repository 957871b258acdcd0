import { createHash } from 'node:crypto';

const VERSION = '1.2.1';
/** Statuses in OSCAL's vocabulary, which lacks `met`. */
const NAMESPACE = 'https://github.com/portillon/portillon/docs/trust';

/**
 * Converts the registers to an OSCAL component definition, with the statuses that this run allows. The same input
 * gives the same output.
 */
export function oscalOf(registers, { version, assessed, rows }) {
  const status = new Map(rows.map((row) => [row.id, row.status]));
  return {
    'component-definition': {
      uuid: uuidOf('portillon'),
      metadata: {
        title: 'Portillon: the trust file, self-assessed',
        'last-modified': `${assessed}T00:00:00Z`,
        version,
        'oscal-version': VERSION,
      },
      components: [
        {
          uuid: uuidOf('component'),
          type: 'software',
          title: 'Portillon',
          description: 'The sign-in gate of a national service for health professionals.',
          'control-implementations': registers.map((register) => implementationOf(register, status)),
        },
      ],
    },
  };
}

function implementationOf({ file, name, version, read, rows }, status) {
  return {
    uuid: uuidOf(file),
    source: `${NAMESPACE}/register/${file}`,
    description: `${name}, version ${version}; read: ${read}.`,
    'implemented-requirements': rows.map((row) => ({
      uuid: uuidOf(row.id),
      'control-id': tokenOf(row.id),
      description: [row.says, row.gap && `Gap: ${row.gap}`, row.plan && `Plan: ${row.plan}`, row.why]
        .filter(Boolean)
        .join(' '),
      props: [{ name: 'status', ns: NAMESPACE, value: status.get(row.id) }],
    })),
  };
}

/** A token contains letters, digits, dots, dashes and underscores only. */
function tokenOf(id) {
  return id.replace(/[^\p{L}\p{N}._-]+/gu, '-');
}

/** A UUID in the form of version 5, always the same for the same text. */
function uuidOf(words) {
  const hex = createHash('sha256').update(`${NAMESPACE}#${words}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
