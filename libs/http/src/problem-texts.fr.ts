import type { FieldTexts, ProblemTexts } from './problem-texts';

export const frenchTexts: ProblemTexts = {
  'credentials.rejected': {
    title: 'Identifiants refusés',
    detail:
      'Le nom d’utilisateur ou le mot de passe ne convient pas. Vérifiez-les, ou adressez-vous à l’administrateur de votre structure.',
  },
  'attempts.exceeded': {
    title: 'Trop de tentatives',
    detail: 'Trop de tentatives ont été faites. Patientez le temps indiqué, puis réessayez.',
  },
  'sign-in.required': {
    title: 'Connexion à recommencer',
    detail: 'Aucune connexion n’est en cours dans ce navigateur. Saisissez de nouveau vos identifiants.',
  },
  'code.required': {
    title: 'Code demandé',
    detail: 'Les 24 heures depuis votre dernier code sont écoulées. Demandez un nouveau code pour continuer.',
  },
  'code.rejected': {
    title: 'Code refusé',
    detail:
      'Ce code n’est pas le bon. Vérifiez la référence du message, puis saisissez le code le plus récent.',
  },
  'code.expired': {
    title: 'Code expiré',
    detail: 'Ce code n’est plus valable. Demandez un nouveau code.',
  },
  'code.exhausted': {
    title: 'Code bloqué',
    detail:
      'Trop de codes erronés ont été saisis. Demandez un nouveau code ; si cela ne suffit pas, adressez-vous à l’administrateur de votre structure.',
  },
  'resend.too-soon': {
    title: 'Nouveau code trop tôt',
    detail: 'Un code vient d’être envoyé. Patientez le temps indiqué avant d’en demander un autre.',
  },
  'channel.unavailable': {
    title: 'Mode de réception indisponible',
    detail:
      'Ce mode de réception n’est pas disponible pour vous. Choisissez l’autre, ou validez d’abord votre numéro de téléphone portable dans « Mon compte ».',
  },
  'delivery.failed': {
    title: 'Message non envoyé',
    detail:
      'Le message n’a pas pu être envoyé. Demandez un nouveau code ou choisissez un autre mode de réception.',
  },
  'session.required': {
    title: 'Connexion nécessaire',
    detail: 'Vous n’êtes pas connecté, ou votre session est terminée. Connectez-vous pour continuer.',
  },
  'reauthentication.required': {
    title: 'Confirmation nécessaire',
    detail: 'Cette action est sensible : confirmez votre identité avec un nouveau code, puis recommencez.',
  },
  'origin.refused': {
    title: 'Origine refusée',
    detail: 'Cette demande ne vient pas du site de Portillon. Ouvrez le service à son adresse habituelle.',
  },
  'permission.denied': {
    title: 'Action non autorisée',
    detail: 'Vos droits ne permettent pas cette action. Adressez-vous à l’administrateur de votre structure.',
  },
  'not-found': { title: 'Introuvable', detail: 'Ce que vous demandez n’existe pas ou n’existe plus.' },
  'method.not-allowed': {
    title: 'Méthode non permise',
    detail: 'Cette adresse ne s’utilise pas ainsi. Consultez la documentation de l’API.',
  },
  'validation.failed': {
    title: 'Saisie à corriger',
    detail: 'Une ou plusieurs valeurs ne conviennent pas. Corrigez-les, puis recommencez.',
  },
  'request.malformed': {
    title: 'Demande illisible',
    detail: 'La demande n’est pas du HTTP valable, ou n’est pas arrivée en entier. Recommencez.',
  },
  'headers.too-large': {
    title: 'En-têtes trop volumineux',
    detail:
      'Les en-têtes de la demande dépassent 16 Kio. Dans un navigateur, effacez les cookies de ce site, puis recommencez.',
  },
  'body.malformed': {
    title: 'Demande illisible',
    detail: 'Le corps de la demande n’est pas du JSON valable.',
  },
  'body.too-large': { title: 'Demande trop volumineuse', detail: 'Le corps de la demande dépasse 64 Kio.' },
  'media-type.unsupported': {
    title: 'Type de contenu non pris en charge',
    detail: 'Le corps de la demande doit être du JSON (application/json).',
  },
  'phone.invalid': {
    title: 'Numéro incorrect',
    detail: 'Ce numéro de téléphone n’existe pas. Vérifiez-le, par exemple : 06 12 34 56 78.',
  },
  'phone.not-mobile': {
    title: 'Numéro non mobile',
    detail: 'Ce numéro n’est pas celui d’un téléphone portable. Indiquez un numéro qui reçoit des SMS.',
  },
  'phone.country-not-allowed': {
    title: 'Pays non pris en charge',
    detail: 'Les SMS ne sont envoyés qu’aux numéros de France métropolitaine et d’outre-mer.',
  },
  'phone.missing': {
    title: 'Numéro manquant',
    detail: 'Aucun numéro de téléphone portable n’est enregistré. Indiquez-le, puis vérifiez-le.',
  },
  'phone.already-verified': {
    title: 'Numéro déjà validé',
    detail: 'Ce numéro est déjà validé : il n’y a rien à faire.',
  },
  'password.weak': {
    title: 'Mot de passe trop faible',
    detail:
      'Choisissez 12 caractères de 4 sortes, ou 14 caractères, ou 7 mots, sans mot de passe courant ni votre nom.',
  },
  'password.wrong': {
    title: 'Mot de passe refusé',
    detail: 'Le mot de passe actuel ne convient pas. Saisissez-le de nouveau.',
  },
  'password.required': {
    title: 'Mot de passe nécessaire',
    detail:
      'Seule une connexion avec mot de passe et code permet de rattacher une carte ou une e-CPS. Déconnectez-vous, puis connectez-vous ainsi.',
  },
  'token.rejected': {
    title: 'Lien refusé',
    detail: 'Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau.',
  },
  'certificate.missing': {
    title: 'Carte non lue',
    detail:
      'Aucune carte n’a été présentée. Insérez votre carte, puis recommencez ; ou choisissez un autre moyen de connexion.',
  },
  'certificate.rejected': {
    title: 'Carte refusée',
    detail:
      'Cette carte ne peut pas servir ici. Choisissez un autre moyen de connexion ou adressez-vous à l’administrateur de votre structure.',
  },
  'identity.rejected': {
    title: 'Identité non confirmée',
    detail:
      'Pro Santé Connect n’a pas confirmé votre identité. Recommencez ou choisissez un autre moyen de connexion.',
  },
  'account.not-linked': {
    title: 'Compte non rattaché',
    detail:
      'Aucun compte n’est rattaché à cette identité. Adressez-vous à l’administrateur de votre structure.',
  },
  'account.already-linked': {
    title: 'Rattachement impossible',
    detail:
      'Cette carte ou cette e-CPS est déjà rattachée à un autre compte, ou votre compte à une autre identité. Adressez-vous à l’administrateur de votre structure.',
  },
  'means.unavailable': {
    title: 'Moyen de connexion indisponible',
    detail: 'Ce moyen de connexion ne répond pas ou n’est pas proposé. Choisissez-en un autre.',
  },
  'precondition.failed': {
    title: 'Modifié entre-temps',
    detail:
      'Quelqu’un a modifié cet élément depuis que vous l’avez ouvert. Rien n’a été écrasé : rechargez-le, puis refaites votre modification.',
  },
  'precondition.required': {
    title: 'Version manquante',
    detail: 'Cette modification doit indiquer la version qu’elle a vue (en-tête If-Match).',
  },
  'act.on-self': {
    title: 'Impossible sur votre propre compte',
    detail:
      'Cette action ne peut pas être faite sur votre propre compte. Demandez-la à un autre administrateur.',
  },
  'administrator.last': {
    title: 'Dernier administrateur national',
    detail:
      'C’est le dernier administrateur national actif : personne ne pourrait plus administrer le service. Nommez-en un autre d’abord.',
  },
  'account.taken': {
    title: 'Déjà pris',
    detail:
      'Un autre compte a déjà ce nom d’utilisateur ou cet identifiant national. Choisissez-en un autre, ou cherchez ce compte.',
  },
  'account.state': {
    title: 'Sans objet pour ce compte',
    detail: 'L’état actuel de ce compte ne permet pas cette action. Rechargez la page du compte.',
  },
  'structure.taken': {
    title: 'Structure déjà enregistrée',
    detail: 'Une autre structure a déjà ce nom, ce FINESS ou ce SIRET.',
  },
  'import.state': {
    title: 'Sans objet pour cet import',
    detail: 'L’état actuel de cet import ne permet pas cette action. Rechargez sa page.',
  },
  'service.busy': {
    title: 'Service momentanément indisponible',
    detail:
      'Le service ne peut pas répondre pour l’instant. Rien n’est perdu : réessayez dans quelques secondes.',
  },
  internal: {
    title: 'Erreur inattendue',
    detail:
      'Une erreur est survenue. Réessayez ; si elle se reproduit, communiquez l’identifiant de la demande au support.',
  },
};

export const frenchFields: FieldTexts = {
  required: 'Ce champ est obligatoire.',
  type: 'Cette valeur n’est pas du type attendu.',
  choice: 'Cette valeur ne fait pas partie des choix possibles.',
  'too-long': 'Cette valeur est trop longue.',
  format: 'Cette valeur n’a pas la forme attendue.',
  encoding: 'Le fichier n’est pas un texte lisible : enregistrez-le en CSV UTF-8.',
  header: 'La première ligne doit nommer les colonnes : identifiant, email et nom.',
  double: 'Une ligne précédente du fichier dit la même chose.',
  taken: 'Cette valeur est déjà prise.',
  'unknown-field': 'Ce champ n’est pas connu.',
  wrong: 'Cette valeur ne convient pas.',
  'too-short': 'Ce mot de passe est trop court.',
  'too-simple': 'Ce mot de passe est trop simple : ajoutez des sortes de caractères ou de la longueur.',
  'too-common': 'Ce mot de passe figure parmi les plus courants ou a fuité.',
  personal: 'Ce mot de passe contient votre nom ou votre adresse.',
  'service-name': 'Ce mot de passe contient le nom du service.',
};
