import type { ExplorerDocument } from './explorer.route.js';

/** One request, the whole article page: what a reader's browser shows for one story. */
export const articlePage: ExplorerDocument = {
  query: `# One request, the whole article page: what a reader's browser shows for one story.
query ArticlePage($slug: String!) {
  article(slug: $slug) {
    id
    slug
    url
    kind
    language
    title
    standfirst
    wordCount
    readingMinutes
    firstPublishedAt
    publishedAt
    updatedAt
    section {
      ...SectionLabel
      parent {
        ...SectionLabel
      }
    }
    credits {
      role
      text
      person {
        ...EntityLabel
      }
      organisation {
        ...EntityLabel
      }
    }
    leadPicture {
      ...Picture
    }
    body {
      html
      text
      blocks {
        __typename
        key
      }
    }
    people {
      ...EntityLabel
    }
    organisations {
      ...EntityLabel
    }
    places {
      ...EntityLabel
    }
    mentions {
      entity {
        ...EntityLabel
      }
      surface
      blockKey
      start
      end
      role {
        title
        interim
        startedOn
        endedOn
        organisation {
          name
        }
      }
    }
    related(first: 5) {
      edges {
        kind
        kicker
        reason
        node {
          slug
          url
          title
          standfirst
          section {
            ...SectionLabel
          }
          leadPicture {
            ...Picture
          }
        }
      }
      totalCount
    }
    corrections {
      note
      issuedAt
    }
    seo {
      title
      description
      canonicalUrl
      jsonLd
    }
    placements {
      slot
      banner {
        name
        title
        url
        image {
          url
          alt
        }
      }
    }
  }
  newsletters(first: 3) {
    nodes {
      slug
      name
      description
    }
  }
  consentCategories {
    key
    name
    description
    required
  }
}

fragment SectionLabel on Section {
  slug
  name
  url
}

fragment EntityLabel on Entity {
  __typename
  id
  slug
  name
  url
  description
}

fragment Picture on Picture {
  alt
  caption
  credit
  rendition(width: 1200) {
    url
    width
    height
  }
}
`,
  variables: { slug: 'iran-confirms-secret-talks-with-the-us' },
};
