/** Fictitious professionals to choose at the demo's provider, described as by Pro Santé Connect. */
const CLAIRE = '899700366240';
const PAUL = '810002673894';

const HOSPITAL = practice('10', 'SM26', {
  mode: 'S',
  sector: 'SA01',
  structure: 'HOPITAL DES TROIS DAMES',
  id: 'R95141',
});
const CENTRE = practice('10', 'SM54', {
  mode: 'S',
  sector: 'SA05',
  structure: 'CENTRE DE SANTE DU PORT',
  id: 'R10245',
});
const SURGERY = practice('10', 'SM54', {
  mode: 'L',
  sector: 'SA07',
  structure: 'CABINET DU DR DURAND',
  id: 'R20871',
});

export const PEOPLE = [
  person('claire', 'Claire', 'MARTIN', CLAIRE, [HOSPITAL], {
    fr: 'Médecin, a un compte Portillon.',
    en: 'Doctor, has a Portillon account.',
  }),
  person('paul', 'Paul', 'DURAND', PAUL, [CENTRE, SURGERY], {
    fr: 'Médecin, deux exercices : il faudra choisir.',
    en: 'Doctor in two places: you will be asked for one.',
  }),
  person('nadia', 'Nadia', 'BENALI', '810004120985', [HOSPITAL], {
    fr: 'Administratrice, a un compte à rattacher dans « Mon compte ».',
    en: 'Administrator, has an account to link in “My account”.',
  }),
  person('hugo', 'Hugo', 'LAMBERT', '810003451274', [CENTRE], {
    fr: 'Médecin, sans compte Portillon.',
    en: 'Doctor, without a Portillon account.',
  }),
];

/** Data of a person: `id` to choose them, `note` to describe them, `claims` for userinfo. */
function person(id, firstName, lastName, nationalId, practices, note) {
  return {
    id,
    note,
    claims: {
      SubjectNameID: nationalId,
      preferred_username: nationalId,
      given_name: firstName,
      family_name: lastName,
      codeCivilite: 'M',
      Secteur_Activite: 'SA07^1.2.250.1.71.4.2.4',
      SubjectRole: ['10^1.2.250.1.213.1.1.5.5'],
      SubjectOrganization: 'HOPITAL DES TROIS DAMES',
      SubjectOrganizationID: 'R95141',
      Palier_Authentification: 'APPPRIP3^1.2.250.1.213.1.5.1.1.1',
      email_verified: false,
      otherIds: [{ identifiant: nationalId, origine: 'RPPS', qualite: 1 }],
      SubjectRefPro: { codeCivilite: 'M', exercices: practices },
    },
  };
}

function practice(profession, skill, { mode, sector, structure, id }) {
  return {
    codeProfession: profession,
    codeCategorieProfessionnelle: 'C',
    codeSavoirFaire: skill,
    activities: [
      {
        codeModeExercice: mode,
        codeSecteurDactivite: sector,
        raisonSocialeSite: structure,
        identifiantTechniqueDeLaStructure: id,
      },
    ],
  };
}
