export const helpFr = {
  help: {
    title: 'Aide',
    lead: 'Ce que chaque moyen de se connecter demande, et ce que veut dire chaque message. Chaque réponse a son adresse : vous pouvez l’envoyer à un collègue.',
    contents: 'Sommaire de l’aide',
    todo: 'Que faire :',
    forgotten: 'Demander un lien',
    moreTitle: 'Une autre question ?',
    more: 'L’administrateur de votre structure gère votre compte : c’est à lui de demander en premier. Ne lui donnez jamais votre mot de passe ni un code.',
    sections: {
      means: 'Les moyens de se connecter',
      codes: 'Les codes',
      password: 'Mot de passe, liens et adresse',
      refusals: 'Les refus',
    },
    topics: {
      'mot-de-passe-et-code': {
        title: 'Mot de passe et code',
        what: 'Votre identifiant et votre mot de passe, puis un code à 6 chiffres envoyé par e-mail ou par SMS. Le code vaut 10 minutes et ne sert qu’une fois. Dans un navigateur que vous avez choisi de reconnaître, aucun autre code n’est demandé pendant 24 heures au plus.',
        todo: 'gardez votre messagerie ou votre téléphone à portée de main. Ne donnez jamais un code à personne, même au support : il ne vous en demandera jamais.',
      },
      carte: {
        title: 'Carte CPx (CPS, CPF, CPE, CPA)',
        what: 'La carte dans son lecteur, et son code à 4 chiffres, que seule la carte vérifie. Aucun mot de passe et aucun code par message.',
        todo: 'branchez le lecteur, insérez la carte, puis choisissez le certificat d’authentification à votre nom.',
      },
      'pro-sante-connect': {
        title: 'Pro Santé Connect (e-CPS)',
        what: 'Vous vous identifiez chez Pro Santé Connect, avec l’application e-CPS ou votre carte. Aucun code ne vous est demandé ici. Votre compte est reconnu par votre identifiant national.',
        todo: 'si votre identité n’est pas reconnue, connectez-vous une fois avec mot de passe et code, puis rattachez votre e-CPS dans « Mon compte » ; ou demandez à l’administrateur de votre structure de lier votre compte à votre identifiant national. Sur un poste partagé, déconnectez-vous : Pro Santé Connect est quitté aussi.',
      },
      'code-non-recu': {
        title: 'Le code n’arrive pas',
        what: 'Un e-mail arrive d’ordinaire en quelques secondes, un SMS en moins d’une minute ; votre messagerie peut retenir un message plus longtemps. La page dit si le message n’est pas parti.',
        todo: 'regardez dans les courriers indésirables, vérifiez le réseau du téléphone, puis demandez un autre code ou recevez-le par l’autre moyen. Si votre adresse ou votre numéro a changé, l’administrateur de votre structure peut le corriger.',
      },
      'code-refuse': {
        title: 'Le code est refusé',
        what: 'Chaque message porte une référence de quatre caractères. Seul le code du dernier message demandé est accepté, dans le navigateur qui l’a demandé. Vous avez 5 essais par code.',
        todo: 'comparez la référence du message avec celle de la page, puis saisissez le code de ce message.',
      },
      'code-expire': {
        title: 'Le code n’est plus valable',
        what: 'Un code vaut 10 minutes, et la connexion en cours 15 minutes.',
        todo: 'demandez un nouveau code. Si la page vous ramène au début, recommencez avec votre identifiant.',
      },
      'code-epuise': {
        title: 'Trop d’essais avec ce code',
        what: 'Après 5 essais, un code ne sert plus. Après 10 codes faux de suite, la saisie se bloque 15 minutes, puis de plus en plus longtemps.',
        todo: 'demandez un nouveau code, et prenez celui du dernier message. Si la saisie est bloquée, la page dit quand réessayer ; l’administrateur de votre structure peut débloquer votre compte.',
      },
      'code-trop-tot': {
        title: '« Un code vient déjà de partir »',
        what: 'Pour vous protéger, il faut attendre 30 secondes entre deux e-mails et une minute entre deux SMS, puis de plus en plus. Il y a aussi une limite par heure et par jour.',
        todo: 'laissez au message le temps d’arriver. La page compte le temps qui reste.',
      },
      'code-redemande': {
        title: 'Pourquoi un code est demandé de nouveau',
        what: 'Un code est demandé tous les jours, dans un navigateur nouveau, après un changement de mot de passe, d’adresse ou de numéro, et avant une action qui touche à la sécurité si le dernier code a plus de 5 minutes.',
        todo: 'saisissez-le : rien de ce que vous avez saisi dans la page n’est perdu. Sans code, l’action n’a pas lieu.',
      },
      telephone: {
        title: 'Le numéro de téléphone',
        what: 'Seuls les portables français, d’outre-mer compris, sont acceptés, sauf réglage contraire de votre service. Le numéro sert quand un code reçu par SMS l’a validé.',
        todo: 'saisissez-le en entier, par exemple 06 12 34 56 78, choisissez « Vérifier », puis « SMS » et « Enregistrer ».',
      },
      'mot-de-passe-oublie': {
        title: 'Mot de passe ou identifiant oublié',
        what: 'Un lien vous est envoyé par e-mail pour choisir un nouveau mot de passe ; le message rappelle votre identifiant. La réponse est la même que le compte existe ou non.',
        todo: 'demandez le lien. Sans accès à votre messagerie, adressez-vous à l’administrateur de votre structure.',
      },
      'mot-de-passe-faible': {
        title: 'Le mot de passe n’est pas assez sûr',
        what: 'Il faut 14 caractères, ou 12 avec minuscules, majuscules, chiffres et signes, ou 7 mots. Les mots de passe courants ou volés, ceux qui contiennent votre nom ou celui du service sont refusés.',
        todo: 'une phrase que vous seul connaissez convient bien ; les espaces et les accents comptent. Un gestionnaire de mots de passe peut en proposer un.',
      },
      lien: {
        title: 'Le lien ou l’invitation n’est plus valable',
        what: 'Un lien pour changer de mot de passe sert une fois, pendant une heure ; une invitation sert une fois, pendant 7 jours. Un message plus récent annule le précédent. Avec la carte, cela veut dire que trop de temps a passé.',
        todo: 'prenez le dernier message reçu, ou demandez un autre lien.',
      },
      adresse: {
        title: 'Changer d’adresse e-mail',
        what: 'La nouvelle adresse est prise quand le code envoyé là-bas est saisi ; l’ancienne est prévenue. Vos autres connexions et vos navigateurs reconnus sont alors fermés.',
        todo: 'dans « Mon compte », saisissez la nouvelle adresse, puis le code qui y arrive. Si vous n’avez rien demandé et recevez un tel message, prévenez l’administrateur de votre structure.',
      },
      identifiants: {
        title: 'L’identifiant ou le mot de passe n’est pas bon',
        what: 'Pour ne rien apprendre à un inconnu, la réponse est la même quand l’un ou l’autre est faux, quand le compte n’existe pas, est désactivé ou est bloqué.',
        todo: 'vérifiez les majuscules et le clavier, affichez le mot de passe avec l’œil, ou choisissez-en un nouveau par e-mail. Un compte qui n’a pas servi depuis 6 mois est bloqué : l’administrateur de votre structure peut le rouvrir.',
      },
      blocage: {
        title: 'Trop d’essais',
        what: 'Après plusieurs échecs, chaque essai se fait attendre ; après 10 de suite, le mot de passe est bloqué 30 minutes. Beaucoup d’échecs depuis un même réseau font attendre tout le réseau.',
        todo: 'attendez le temps indiqué. La carte CPx et Pro Santé Connect restent possibles, et l’administrateur de votre structure peut débloquer votre compte.',
      },
      'fin-de-connexion': {
        title: 'La connexion est terminée',
        what: 'Elle se ferme après 30 minutes sans activité, au bout de 4 heures, ou quand vous la fermez depuis un autre écran, changez de mot de passe ou d’adresse. La saisie du code a 15 minutes.',
        todo: 'connectez-vous de nouveau : vous reviendrez à la même page. Si vous n’avez rien fait de tel, changez votre mot de passe.',
      },
      'carte-refusee': {
        title: 'La carte est refusée',
        what: 'La carte n’est pas lue, elle est périmée, remplacée ou en opposition, ou aucun compte n’est rattaché à elle.',
        todo: 'vérifiez le lecteur et le certificat choisi. Sans compte rattaché, connectez-vous avec votre mot de passe puis rattachez la carte dans « Mon compte ».',
      },
      droits: {
        title: '« Vous n’avez pas le droit »',
        what: 'Chaque rôle ouvre certaines actions. Un administrateur de structure agit sur sa structure seulement ; personne ne désactive son propre compte, et le dernier administrateur ne peut pas être retiré.',
        todo: 'adressez-vous à l’administrateur de votre structure ou à l’administrateur national.',
      },
      'page-depassee': {
        title: 'La page n’est plus à jour',
        what: 'Un autre écran ou une autre personne a changé ou retiré l’élément depuis que la page est ouverte. Rien n’est écrasé.',
        todo: 'rechargez la page, regardez ce qui a changé, puis recommencez si c’est encore utile.',
      },
      saisie: {
        title: 'Un champ n’est pas accepté',
        what: 'Un champ est vide, trop long ou d’une autre forme que celle qui est attendue, ou sa valeur est déjà prise.',
        todo: 'lisez l’aide sous le champ, corrigez, puis envoyez de nouveau. Ce que vous avez saisi est gardé.',
      },
      service: {
        title: 'Le service ne répond pas ou se trompe',
        what: 'Beaucoup de personnes se connectent en même temps, le réseau est coupé, un moyen de se connecter est en panne, ou nous avons fait une erreur.',
        todo: 'attendez un instant, réessayez, ou prenez un autre moyen de se connecter. Si la page donne une référence, donnez-la au support.',
      },
    },
  },
  card: {
    page: {
      title: 'Aide pour la carte',
      lead: 'Votre carte n’est pas lue ou n’est pas acceptée ? Vérifiez ces points dans l’ordre.',
      readerTitle: 'Le lecteur',
      reader:
        'Le lecteur est branché et son voyant allumé ; la carte est insérée à fond, puce dans le bon sens. Débranchez et rebranchez le lecteur s’il ne réagit pas.',
      softwareTitle: 'Le logiciel de la carte',
      software:
        'Cryptolib CPS, ou ATSAM qui la remplace, doit être installée sur ce poste. Après une installation, fermez tous les onglets du navigateur et rouvrez-le.',
      pinTitle: 'Le code de la carte (PIN)',
      pin: 'C’est le code à 4 chiffres reçu par courrier. Après trois erreurs la carte est bloquée : le code de déblocage, reçu avec elle, la débloque. Portillon ne connaît jamais ce code.',
      certificateTitle: 'Le certificat',
      certificate:
        'Si le navigateur en propose plusieurs, prenez celui d’authentification, à votre nom. Si vous avez annulé, le navigateur ne repose plus la question avant d’être fermé puis rouvert.',
      expiredTitle: 'Carte périmée, remplacée ou perdue',
      expired:
        'Une carte a une date de fin, et l’ancienne ne sert plus dès que la nouvelle est activée. En cas de perte, faites opposition auprès de l’Agence du Numérique en Santé : elle est alors refusée ici aussi.',
      accountTitle: 'Carte acceptée, mais aucun compte',
      account:
        'Connectez-vous avec votre mot de passe et un code, puis rattachez la carte dans « Administration », « Mon compte ». L’administrateur de votre structure peut aussi le faire.',
      otherTitle: 'Sans carte',
      other: 'L’e-CPS, par Pro Santé Connect, et le mot de passe avec un code restent possibles.',
      back: 'Revenir à la connexion',
    },
  },
};
