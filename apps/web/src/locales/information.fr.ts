export const informationFr = {
  accessibility: {
    title: 'Accessibilité : non conforme',
    status:
      'Portillon n’est pas encore conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1), parce qu’aucun audit n’a encore été fait. Cela ne veut pas dire que les pages sont inutilisables : elles sont conçues pour le clavier, les lecteurs d’écran, l’agrandissement à 400 % et les petits écrans, et contrôlées par des outils automatiques, qui ne voient pas tout.',
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
    softwareTitle: 'Logiciel',
    software:
      'Portillon est un logiciel libre, sous licence MIT. Police de caractères : Atkinson Hyperlegible Next, du Braille Institute, sous licence SIL OFL. Icônes : Lucide, sous licence ISC.',
  },
  privacy: {
    title: 'Données personnelles',
    whatTitle: 'Ce qui est gardé, et pourquoi',
    what: 'Pour vous reconnaître et protéger votre compte : votre nom, votre identifiant, votre structure, votre adresse e-mail et, si vous le donnez, votre numéro de portable. Il ne sert qu’à vous envoyer des codes, et disparaît avec votre compte.',
    journal:
      'Les connexions et les actes de sécurité sont notés pendant 12 mois au plus, sans code ni mot de passe. Les codes et les connexions terminées sont effacés en quelques jours.',
    cookiesTitle: 'Cookies',
    cookies:
      'Trois cookies, tous nécessaires : la connexion en cours, la saisie du code, et le navigateur reconnu pendant 24 heures au plus. La langue choisie est gardée dans le navigateur. Ni mesure d’audience, ni publicité, ni appel à un autre site.',
    rightsTitle: 'Vos droits',
    rights:
      'Vous pouvez demander à voir, corriger ou effacer vos données auprès de l’administrateur de votre structure. Vous pouvez aussi vous adresser à la CNIL.',
    rightsLink: 'Site de la CNIL',
  },
};
