/** What the explorer starts with: a whole article page in one request. */
export const articlePageDocument = `# One request, the whole article page. Press the button to send it.
query ArticlePage($slug: String!) {
  article(slug: $slug) {
    id
    url
    kind
    language
    title
    standfirst
    readingMinutes
    publishedAt
    section { name url parent { name url } }
    credits { role text person { ...Name } organisation { ...Name } }
    leadPicture { ...Picture }
    body { html }
    people { ...Name }
    organisations { ...Name }
    places { ...Name }
    mentions {
      surface
      blockKey
      start
      end
      entity { ...Name }
      role { title interim startedOn endedOn organisation { name } }
    }
    related(first: 5) {
      totalCount
      edges { kind kicker reason node { title standfirst url section { name } leadPicture { ...Picture } } }
    }
    corrections { note issuedAt }
    seo { title description canonicalUrl jsonLd }
    placements { slot banner { name title url image { url alt } } }
  }
  newsletters(first: 3) { nodes { slug name description } }
  consentCategories { key name description required }
}

fragment Name on Entity { __typename id name url description }

fragment Picture on Picture { alt caption credit rendition(width: 1200) { url width height } }
`;

export const articlePageVariables = { slug: 'iran-confirms-secret-talks-with-the-us' };
