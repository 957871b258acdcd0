/** Accessibility, legal notice, personal data. */
export const informationFr = {
  accessibility: {
    title: 'Accessibilité : non conforme',
    status:
      'Portillon n’est pas encore conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1), parce qu’aucun audit n’a encore été fait. Cela ne veut pas dire que les pages sont inutilisables : voici ce qui a été vérifié, et ce qui ne l’a pas été.',
    testedTitle: 'Ce qui a été vérifié',
    tested: {
      axe: 'Chaque page et chaque dialogue, en français et en anglais, en clair et en sombre, par l’outil automatique axe (WCAG 2.2, niveaux A et AA), à chaque changement du logiciel. Un tel outil ne voit qu’une partie des défauts.',
      keyboard:
        'Le parcours de connexion et les pages du compte, au clavier seul, avec un focus toujours visible.',
      zoom: 'L’affichage sur 320 pixels de large et à 400 % d’agrandissement, sans défilement horizontal, sauf dans les tableaux de chiffres.',
      contrast:
        'Un contraste de texte calculé à 7:1 au moins, et aucune information donnée par la couleur seule.',
      motion: 'Aucune animation quand votre système demande de les réduire.',
    },
    untestedTitle: 'Ce qui n’a pas été vérifié',
    untested: {
      reader:
        'Aucun essai complet avec un lecteur d’écran (NVDA, JAWS, VoiceOver, TalkBack), ni avec une commande vocale.',
      people: 'Aucun essai par des personnes en situation de handicap.',
      audit: 'Aucun audit par un tiers des 106 critères du RGAA.',
      others:
        'Pro Santé Connect et la fenêtre du navigateur qui demande la carte ne dépendent pas de Portillon.',
    },
    helpTitle: 'Une difficulté ?',
    help: 'Si vous ne pouvez pas vous connecter ou utiliser une page, écrivez à l’administrateur de votre structure ou au support : une autre solution vous sera proposée.',
    rightsTitle: 'Vos recours',
    rights: 'Si vous ne recevez pas de réponse satisfaisante, vous pouvez écrire au Défenseur des droits.',
    rightsLink: 'Site du Défenseur des droits',
    updated: 'Page établie le 24 novembre 2026.',
  },
  legal: {
    title: 'Mentions légales',
    editorTitle: 'Éditeur et hébergeur',
    editor:
      'Ce service est exploité par l’organisme qui l’a installé. Ses coordonnées, celles du directeur de la publication et de l’hébergeur sont à compléter par lui avant toute ouverture au public.',
    contactTitle: 'Contact',
    contact:
      'Pour votre compte, adressez-vous à l’administrateur de votre structure. Pour le service lui-même :',
    noContact: 'l’exploitant n’a pas encore indiqué d’adresse pour le support.',
    softwareTitle: 'Logiciel',
    software:
      'Portillon est un logiciel libre, sous licence MIT, fourni sans garantie. Police de caractères : Atkinson Hyperlegible Next, du Braille Institute, sous licence SIL OFL. Icônes : Lucide, sous licence ISC.',
    useTitle: 'Usage',
    use: 'Le service est réservé aux personnes à qui leur structure a ouvert un compte. Un compte est personnel : ne prêtez ni mot de passe, ni code, ni carte. Les connexions et les actes de sécurité sont notés dans un journal.',
  },
  privacy: {
    title: 'Données personnelles',
    lead: 'L’organisme qui exploite ce service en est responsable ; ses coordonnées sont dans les mentions légales. Portillon ne garde que ce qui sert à ouvrir la porte aux bonnes personnes, et aucune donnée de santé.',
    whatTitle: 'Ce qui est gardé, pourquoi, combien de temps',
    howLong: 'Durée :',
    defaults:
      'Ces durées sont celles du logiciel : ce qui est trop ancien est supprimé sans que personne ait à le faire.',
    cookiesTitle: 'Cookies',
    cookies:
      'Seulement ceux qui sont nécessaires : votre connexion, la connexion en cours (15 minutes au plus, aussi avec Pro Santé Connect), et le navigateur reconnu (24 heures au plus). La langue choisie est gardée dans le navigateur. Ni mesure d’audience, ni publicité, ni appel à un autre site.',
    rightsTitle: 'Vos droits',
    see: 'Voir et emporter : « Mes données », dans « Mon compte », donne un fichier de tout ce qui est gardé de vous.',
    correct:
      'Corriger : votre adresse et votre numéro dans « Mon compte », le reste auprès de l’administrateur de votre structure.',
    erase:
      'Effacer : la demande se fait dans « Mes données ». Un administrateur la confirme ; jusque-là vous pouvez la retirer. Le journal garde un pseudonyme.',
    object:
      'Pour toute autre demande, adressez-vous au délégué à la protection des données de l’organisme qui exploite le service. Vous pouvez aussi vous adresser à la CNIL.',
    rightsLink: 'Site de la CNIL',
    kept: {
      account: {
        title: 'Votre compte',
        what: 'Nom, identifiant, structure, rôle, adresse e-mail, langue et, si vous exercez avec une carte ou Pro Santé Connect, identifiant national. Ils servent à vous reconnaître et à vous écrire.',
        time: 'Jusqu’à l’effacement du compte. Un compte qui n’a pas servi depuis 6 mois est bloqué ; vous êtes prévenu 30 jours et 7 jours avant.',
      },
      password: {
        title: 'Votre mot de passe',
        what: 'Seulement une empreinte (Argon2id) d’où il ne peut pas être retrouvé.',
        time: 'Jusqu’au prochain mot de passe, ou à l’effacement du compte.',
      },
      phone: {
        title: 'Votre numéro de portable',
        what: 'Si vous le donnez : chiffré, il ne sert qu’à vous envoyer des codes. Personne ne le voit en entier, pas même un administrateur.',
        time: 'Jusqu’à ce que vous le supprimiez, ou à l’effacement du compte.',
      },
      codes: {
        title: 'Les codes et les connexions en cours',
        what: 'Seulement une empreinte du code, avec le moyen, la référence et l’heure d’envoi.',
        time: '24 heures après leur fin. Un code vaut 10 minutes.',
      },
      sessions: {
        title: 'Les connexions et les navigateurs reconnus',
        what: 'Heure, adresse réseau, nom du navigateur : pour que vous puissiez les revoir et les fermer.',
        time: '30 jours après leur fin, sans rien qui permette de les rouvrir.',
      },
      links: {
        title: 'Les liens et les invitations',
        what: 'Seulement une empreinte du lien.',
        time: 'Un lien de mot de passe vaut une heure, une invitation 7 jours ; chacun sert une fois.',
      },
      messages: {
        title: 'Les messages envoyés',
        what: 'E-mails et SMS passent par les prestataires d’envoi que l’exploitant a choisis : ils reçoivent l’adresse ou le numéro, et le texte.',
        time: 'Le contenu est effacé dès que le message est parti ou a échoué. Il reste une ligne sans contenu, avec une empreinte de la destination, 30 jours.',
      },
      journal: {
        title: 'Le journal de sécurité',
        what: 'Connexions, refus et actes de sécurité : qui, quand, d’où, avec quel résultat, jamais un code ni un mot de passe. Les administrateurs de votre structure le lisent, et ne peuvent pas le modifier.',
        time: '12 mois. Après un effacement, il garde un pseudonyme à la place de votre nom.',
      },
      imports: {
        title: 'Les fichiers de comptes',
        what: 'Si un administrateur a inscrit plusieurs personnes par un fichier : ce que sa ligne dit de vous, pour savoir ce qu’elle est devenue.',
        time: '30 jours, ou jusqu’à l’effacement du compte.',
      },
      statistics: {
        title: 'Les statistiques',
        what: 'Des nombres par structure et par jour, sans nom de personne.',
        time: 'Aussi longtemps que la structure en a besoin.',
      },
    },
  },
};
