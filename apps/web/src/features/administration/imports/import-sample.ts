/** Sample table with every column that an import reads. The API accepts the column names of both languages. */
const SAMPLES = {
  fr: [
    'identifiant;email;prénom;nom;rôle;langue;identifiant national',
    'lea.bernard;lea.bernard@hopital.example;Léa;Bernard;Professionnel;Français;899700000017',
    'hugo.petit;hugo.petit@hopital.example;Hugo;Petit;Administrateur de la structure;Anglais;',
  ],
  en: [
    'username;email;first name;last name;role;language;national id',
    'lea.bernard;lea.bernard@hospital.example;Léa;Bernard;Professional;French;899700000017',
    'hugo.petit;hugo.petit@hospital.example;Hugo;Petit;Administrator of the organisation;English;',
  ],
};

/** Only national administrators name the structure, for example by its FINESS; others import into their own. */
export function importSample(locale: 'fr' | 'en', isNational: boolean): Blob {
  const structure = (index: number) => (index === 0 ? 'structure' : '990000036');
  const rows = SAMPLES[locale].map((row, index) => (isNational ? `${row};${structure(index)}` : row));
  // Starts with the byte order mark that spreadsheets look for.
  return new Blob([`\uFEFF${rows.join('\r\n')}\r\n`], { type: 'text/csv' });
}
