// Icons of dkfds in the sprite: the name pages use, and the file it comes from where that differs.
const SAME = `
  accessibility-new account add-document analytics apps arrow-back arrow-downward arrow-forward arrow-upward assignment
  attach-file bookmark bookmarks business calendar-month chat check checklist chevron-down chevron-left chevron-right
  chevron-up close construction contact-card copy database delete document download edit email error feedback
  file file-excel file-image file-pdf file-word flag flag-fill folder forum forward groups help home hourglass how-to-reg
  info language link list-bulleted list-check location lock map menu minus more-horiz notifications open-in-new
  person person-add person-remove persons photo-camera plus print refresh reply save science search send settings share
  star star-fill student subdirectory-arrow-right success summary support-agent sync time tractor truck tune upload
  visibility visibility-off warning
`;
const OTHER = { mail: "email", calendar: "calendar-month", sort: "sort-default", more: "more-vert" };

export const ICONS = {
  ...Object.fromEntries(
    SAME.trim()
      .split(/\s+/)
      .map((name) => [name, name]),
  ),
  ...OTHER,
};
