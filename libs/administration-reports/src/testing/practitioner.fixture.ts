/** A practitioner as the Annuaire Santé answers with one (FHIR R4, `as-dp-practitioner`), cut to what identifies. */
export function practitioner(rpps: string, changes: object = {}) {
  const type = (code: string) => ({
    coding: [{ system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203', code }],
  });
  return {
    resourceType: 'Practitioner',
    id: '003-138020',
    meta: { source: 'https://annuaire.sante.fr', versionId: '1' },
    language: 'fr',
    identifier: [
      { use: 'official', type: type('IDNPS'), system: 'urn:oid:1.2.250.1.71.4.2.1', value: `8${rpps}` },
      { use: 'official', type: type('RPPS'), system: 'https://rpps.esante.gouv.fr', value: rpps },
    ],
    active: true,
    name: [{ text: 'Arthur Saucier', family: 'Saucier', given: ['Arthur'] }],
    ...changes,
  };
}

/** The answer to a search, with these resources. */
export function searchset(...resources: object[]) {
  const base = 'https://gateway.api.esante.gouv.fr/fhir/v2';
  return {
    resourceType: 'Bundle',
    id: 'b5e9e0a9-7a0e-4bd7-9f5c-6c3b9b1d0c0a',
    type: 'searchset',
    total: resources.length,
    link: [{ relation: 'self', url: `${base}/Practitioner?identifier=…` }],
    ...(resources.length > 0 && {
      entry: resources.map((resource) => ({
        fullUrl: `${base}/Practitioner/003-138020`,
        resource,
        search: { mode: 'match' },
      })),
    }),
  };
}
