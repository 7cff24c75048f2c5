/** Roles that an element can be asked for by. Source: WAI-ARIA 1.2 and 1.3, w3.org/TR/wai-aria-1.3/#role_definitions, without abstract ones and those that take a role away. */
const ROLES: ReadonlySet<string> = new Set(
  `alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox
  comment complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid
  gridcell group heading img insertion link list listbox listitem log main mark marquee math menu menubar menuitem
  menuitemcheckbox menuitemradio meter navigation note option paragraph progressbar radio radiogroup region row rowgroup
  rowheader scrollbar search searchbox sectionfooter sectionheader separator slider spinbutton status strong subscript
  suggestion superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid
  treeitem`.split(/\s+/),
);

/** The module roles of publishing and graphics have names of their own kind. */
export const isRole = (name: string): boolean => ROLES.has(name) || /^(?:doc|graphics)-[a-z]+$/.test(name);
