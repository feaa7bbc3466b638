type Ordered = [number: string, parameters: Record<string, unknown>, numbers: number[] | 'all'];

const newest = [2, 1, 3, 4, 5, 6, 19, 18, 17, 12];

/** Everything, in an order; source: spec/search 12.2 H. */
export const ordered: Ordered[] = [
  ['H01', { rows: 10 }, newest],
  [
    'H02',
    { sort: 'metadata_modified desc', rows: 100 },
    [...newest, 11, 10, 9, 8, 7, 26, 25, 24, 23, 22, 21, 20],
  ],
  [
    'H03',
    { sort: 'metadata_created desc', rows: 100 },
    [26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 12, 11, 10, 9, 8, 7, 6, 5, 2, 3, 1, 4],
  ],
  [
    'H04',
    { sort: 'title_string asc', rows: 100 },
    [19, 20, 21, 4, 10, 11, 17, 2, 5, 7, 12, 1, 3, 23, 26, 25, 24, 6, 22, 18, 8, 9],
  ],
  [
    'H05',
    { sort: 'organization asc, name asc', rows: 100 },
    [11, 23, 25, 26, 6, 7, 8, 9, 20, 21, 17, 2, 1, 10, 5, 4, 3, 19, 12, 24, 22, 18],
  ],
  [
    'H06',
    { sort: 'organization desc, name asc', rows: 100 },
    [4, 3, 19, 10, 5, 20, 21, 17, 2, 1, 11, 23, 25, 26, 6, 7, 8, 9, 12, 24, 22, 18],
  ],
  ['H07', { sort: 'name asc', rows: 5 }, [20, 21, 4, 11, 10]],
  ['H08', { sort: 'name asc', rows: 5, start: 20 }, [9, 19]],
  ['H09', { sort: 'name asc', start: 100 }, []],
  ['H10', { rows: 0 }, []],
  ['H11', { sort: 'rank' }, newest],
  // Air, Air Quality < bus-stops, public transport < …; several values sort by the least of them, none come last.
  [
    'H14',
    { sort: 'tags asc, name asc', rows: 100 },
    [20, 21, 4, 25, 26, 2, 1, 11, 17, 10, 5, 22, 7, 24, 3, 19, 6, 23, 8, 9, 12, 18],
  ],
  ['H15', { sort: 'nosuch asc, name asc', rows: 100 }, 'all'],
  ['H16', { sort: 'name asc', rows: 5000 }, 'all'],
];

const first = [2, 1, 20, 8];

/** What overlaps a box, the best fit first; source: 12.2 J. */
export const boxes: [number: string, parameters: Record<string, unknown>, numbers: number[]][] = [
  ['J13', { ext_bbox: '-3.4,51.3,-3.0,51.7' }, [8, 1, 2]],
  ['J14', { ext_bbox: '-8,49,2,61' }, first],
  ['J15', { ext_bbox: '0,51.4,1,51.6' }, [20, 2]],
  ['J16', { ext_bbox: '-3,50,-2,51' }, [2]],
  ['J17', { ext_bbox: '10,10,20,20' }, []],
  ['J18', { ext_bbox: '352,49,362,61' }, first],
];

/** What is suggested for a text; source: 12.2 J. */
export const suggested: [number: string, text: string, numbers: number[]][] = [
  ['J08', 'flood', [1, 2, 17]],
  ['J09', 'FLO', [1, 2, 17]],
  ['J09', 'stop', [4]],
  ['J09', 'stops', [4]],
  ['J09', 'bus stop', [4]],
  ['J10', 'office csw', [16]],
  ['J11', 'infrastructure', []],
  ['J11', 'f', []],
  ['J11', 'air q', []],
  ['J12', '2021', [3, 21]],
];

/** What is found and, for orientation, with which score in Solr; source: 12.3. */
export const relevance: [number: string, q: string, scores: [number: number, score: number][]][] = [
  [
    'R01',
    'flood',
    [
      [2, 3.5],
      [17, 3.36],
      [1, 2.72],
    ],
  ],
  [
    'R02',
    'air quality',
    [
      [20, 8.94],
      [21, 8.94],
    ],
  ],
  [
    'R03',
    'roads',
    [
      [3, 4.47],
      [19, 2.44],
      [4, 1],
    ],
  ],
  [
    'R04',
    'schools',
    [
      [25, 6.53],
      [26, 5.06],
    ],
  ],
  ['R05', 'bus stop', [[4, 12.36]]],
  [
    'R06',
    'health',
    [
      [10, 2.39],
      [5, 2.37],
    ],
  ],
  ['R07', 'traffic roads', [[3, 8.95]]],
  [
    'R08',
    'wifi',
    [
      [9, 5.3],
      [8, 4.6],
    ],
  ],
  [
    'R09',
    'public',
    [
      [4, 0.81],
      [8, 0.81],
      [2, 0.65],
    ],
  ],
  [
    'R10',
    'environment',
    [
      [21, 0.72],
      [2, 0.65],
      [20, 0.58],
      [1, 0.55],
    ],
  ],
  [
    'R11',
    'title:flood^10 OR notes:warnings',
    [
      [2, 9.2],
      [17, 8.11],
      [1, 6.13],
    ],
  ],
  [
    'R12',
    'tags:air OR title:2021^3',
    [
      [21, 4.26],
      [3, 2.47],
      [20, 1.11],
    ],
  ],
];
