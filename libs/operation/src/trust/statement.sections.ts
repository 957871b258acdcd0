import { HOUR, parisTime } from '@portillon/kernel';
import {
  counted,
  frenchDay,
  hourSpan,
  ADMINISTERING,
  LEGAL_FIELDS,
  LINKS,
  MEANS,
  PROTECTIONS,
  RETENTIONS,
} from './statement.words';
import type { StatedMeans, Statement, StructureFacts } from './statement.types';

/** One part of the description of a deployment, one fact per line. */
export interface Section {
  title: string;
  lines: string[];
}

const NONE = 'aucun';
const STAGES = {
  none: 'sans date',
  encouraged: 'encouragés',
  announced: 'annoncés',
  enrolment: 'le mot de passe n’ouvre que l’ajout d’un moyen',
  required: 'exigés',
};
const SIGNING_STATES = { next: 'signera', active: 'signe', retired: 'retirée, encore publiée' };
const VERDICTS = { PROVEN: 'PROUVÉ', 'NOT PROVEN': 'NON PROUVÉ', INCONCLUSIVE: 'SANS CONCLUSION' };

/** The facts of the deployment, in French, without conclusions. */
export function sectionsOf(statement: Statement): Section[] {
  return [
    { title: 'Moyens de connexion', lines: means(statement) },
    { title: 'Codes, sessions et administration', lines: rules(statement) },
    { title: 'Protection de chaque lien, d’après les réglages', lines: links(statement) },
    { title: 'Clés et listes de cartes révoquées', lines: [...keys(statement), ...lists(statement)] },
    { title: 'Durées de conservation appliquées', lines: retention(statement) },
    { title: 'Personnes actives, par leur moyen le plus fort', lines: people(statement) },
    { title: 'Identité des personnes dont le compte n’est pas désactivé', lines: identities(statement) },
    { title: 'Plan : dates des moyens forts', lines: plan(statement) },
    { title: 'Accès d’urgence ouverts', lines: emergencies(statement) },
    { title: 'Journal', lines: journal(statement) },
    { title: 'Textes de la loi', lines: legal(statement) },
  ];
}

function means({ means: all, acrOfMeans }: Statement): string[] {
  return [
    ...all.map((one) => `${MEANS[one.means]} : ${openingOf(one)}`),
    'ces niveaux sont de l’échelle de Portillon : aucun n’est un niveau eIDAS attesté',
    `niveaux décidés par l’exploitant (ACR_OF_MEANS) : ${acrOfMeans || NONE}`,
  ];
}

function openingOf({ on, opens, level }: StatedMeans): string {
  if (!on) return 'fermé';
  if (!opens) return 'fermé par les règles des structures';
  return level ? `ouvert, niveau ${level}` : 'ouvert';
}

function rules(statement: Statement): string[] {
  const { codeWindow, sessionIdleMinutes, sessionMaxHours, administering } = statement;
  const { hours, scope, strictestHours, laxestHours } = codeWindow;
  const where =
    scope === 'browser' ? 'dans le navigateur qui l’a reçu' : 'dans tous les navigateurs de la personne';
  const effective =
    strictestHours === null || laxestHours === null
      ? 'le mot de passe n’ouvre nulle part'
      : hourSpan(strictestHours, laxestHours);
  const window = `un code accepté tient ${counted(hours, 'heure')} au plus, ${where}`;
  return [
    `${hours === 0 ? 'un code est demandé à chaque connexion' : window} ; en effet : ${effective}`,
    `une session finit après ${sessionIdleMinutes} minutes sans usage, et après ${sessionMaxHours} heures`,
    `administration : ${administering.map((one) => ADMINISTERING[one]).join(', ')}`,
  ];
}

function links({ links: all }: Statement): string[] {
  return all.map(({ link, to, protection }) => {
    return `${LINKS[link]}${to && ` (${to})`} : ${PROTECTIONS[protection]}`;
  });
}

function keys({ secretKeys, signingKeys }: Statement): string[] {
  return [
    ...secretKeys.map(({ id, saidKeptElsewhereAt: said }, index) => {
      const use = index === 0 ? 'fait et vérifie' : 'vérifie';
      const kept = said
        ? `dite gardée ailleurs le ${frenchDay(said)}`
        : 'personne n’a dit la garder ailleurs';
      return `SECRET_KEYS ${id} : ${use}, 256 bits au moins, âge non tenu par l’outil, ${kept}`;
    }),
    ...signingKeys.map(({ algorithm, bits, state, ageDays, createdAt }) => {
      const size = bits === null ? 'illisible avec les clés d’ici' : `${bits} bits`;
      const made = `du ${frenchDay(createdAt)} (${counted(ageDays, 'jour')})`;
      return `signature ${algorithm} : ${size}, ${made}, ${SIGNING_STATES[state]}`;
    }),
    ...(signingKeys.length === 0 ? ['signature : aucune clé encore'] : []),
  ];
}

function lists({ means: all, revocationLists, ocspHost, at }: Statement): string[] {
  if (!all.some(({ means: name, on }) => name === 'cpx' && on)) return ['cartes révoquées : sans objet'];
  return [
    ...revocationLists.map(({ authority, issuedAt, goodUntil }) => {
      if (!issuedAt || !goodUntil) return `${authority} : AUCUNE LISTE À JOUR, ses cartes sont refusées`;
      const hours = Math.floor((at.getTime() - issuedAt.getTime()) / HOUR);
      return `${authority} : liste de ${counted(hours, 'heure')}, valable jusqu’au ${parisTime(goodUntil, 'fr')}`;
    }),
    `état des cartes demandé en ligne (OCSP) : ${ocspHost ?? 'non'}`,
  ];
}

function retention({ retention: all }: Statement): string[] {
  return all.map(({ of, days }) => `${RETENTIONS[of]} : ${counted(days, 'jour')}`);
}

function people({ people: counts }: Statement): string[] {
  const { total, card, passkey, sms, mail, outsideStructures } = counts;
  return [
    `en tout : ${counted(total, 'personne')}, dont ${outsideStructures.toLocaleString('fr-FR')} sans structure`,
    `carte ou e-CPS liée : ${card.toLocaleString('fr-FR')}`,
    `sinon clé d’accès : ${passkey.toLocaleString('fr-FR')}`,
    `sinon SMS choisi pour les codes envoyés : ${sms.toLocaleString('fr-FR')}`,
    `sinon e-mail choisi pour les codes envoyés : ${mail.toLocaleString('fr-FR')}`,
  ];
}

function identities({ identities: counts, directoryHost }: Statement): string[] {
  const { people: all, unverified, due, unknownToDirectory } = counts;
  const unknown = `inconnues de l’Annuaire Santé (${directoryHost}) : ${unknownToDirectory.toLocaleString('fr-FR')}`;
  return [
    `jamais vérifiée : ${unverified.toLocaleString('fr-FR')} sur ${counted(all, 'personne')}`,
    `à revoir, vérifiée il y a trois ans ou plus : ${due.toLocaleString('fr-FR')}`,
    directoryHost === null ? 'Annuaire Santé : non consulté' : unknown,
  ];
}

function plan({ structures: { total, withoutDate, dated } }: Statement): string[] {
  const some = `${counted(total, 'structure')}, dont ${withoutDate.toLocaleString('fr-FR')} sans date`;
  return [some, ...dated.map(structureLine)];
}

function structureLine(structure: StructureFacts): string {
  const { name, stage, strongMeansFrom, proSanteConnectFrom, people: all, lacking } = structure;
  const dates = [
    ...(strongMeansFrom ? [`moyens forts à partir du ${frenchDay(strongMeansFrom)} (${STAGES[stage]})`] : []),
    ...(proSanteConnectFrom ? [`Pro Santé Connect seul à partir du ${frenchDay(proSanteConnectFrom)}`] : []),
  ];
  const people = `${lacking.toLocaleString('fr-FR')} sur ${counted(all, 'personne')} sans moyen fort`;
  return `${name} : ${dates.join(', ')} ; ${people}`;
}

function emergencies({ emergencyAccesses: open }: Statement): string[] {
  if (open.length === 0) return [NONE];
  return open.map(({ means: name, until }) => {
    const by = name === 'password' ? 'mot de passe et code' : (MEANS[name as keyof typeof MEANS] ?? name);
    return `${by}, jusqu’au ${parisTime(until, 'fr')}`;
  });
}

function journal({ journal: { head, waitingSeconds, proof, stream } }: Statement): string[] {
  const sealed = head
    ? `sceau ${head.sequence} du ${parisTime(head.sealedAt, 'fr')}`
    : 'rien n’est scellé encore';
  const proved = proof
    ? `${VERDICTS[proof.verdict]} le ${parisTime(proof.endedAt, 'fr')}, sur ${counted(proof.lines, 'ligne')}`
    : 'JAMAIS PROUVÉ : « Journal », « Vérifier la preuve », ou portillon audit verify';
  return [
    `dernier sceau : ${sealed} ; attente du suivant : ${counted(waitingSeconds, 'seconde')}`,
    `dernière preuve entière : ${proved}`,
    `copie au fil de l’eau : ${stream === 'off' ? 'non' : stream}`,
  ];
}

function legal({ missingLegalTexts: missing }: Statement): string[] {
  if (missing.length === 0) return ['complets'];
  return [`il manque : ${missing.map((field) => LEGAL_FIELDS[field] ?? field).join(', ')}`];
}
