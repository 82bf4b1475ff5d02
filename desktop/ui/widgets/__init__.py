"""What is in the kit, and how is a page put together from it?

=================  =================================================================================
labels             Label(text, role, tone), Elided, Icon, Tile, Tag, Card, Hairline, Upright, Avatar
buttons            Button(text, icon, kind, size), IconButton(icon, tip), Chip, Segments, RadioList,
                   CheckBox, Menu. ``Pressable`` is the base of all that show a keyboard focus ring
inputs             SearchBox, LineEdit, ComboBox, DropZone
dates              DateField (typed forms, partial dates) and its Calendar
fields             Field (label, editor, problem), Fact (one line of a drawer)
bars               Bar, CapacityBar, StageBar
feedback           InlineMessage, Toast, ProgressPanel, EmptyState, error_state, announce
drawer             Drawer (slides open beside a list), BulkBar (under a list with ticks)
table_view         TableView over ``models.rows.RowsModel``; Cell, Column, Group live there
tree_view          TreeView over ``models.tree.TreeNode``
nav_rail           NavRail, NavEntry
status_bar         StatusBar
popup              Popup: a rounded frame that closes on a click elsewhere
page, room         Page: header, body, faces (content, empty, error, loading); Room
half_sun           HalfSun, the one ornament
marks, cells       how shared marks and table cells are painted
=================  =================================================================================

A page is a subclass of ``Page``; it lays its header buttons into ``self.header`` and its panes into
``self.body``. It asks for colours by token (``theme.color("text2")``), for type by role
(``Label("…", "h2")``), for icons by name (a file of ``resources/icons``). Buttons made with
``Button`` redraw themselves when the look changes. Every control that can be acted on has an object
name ``page.purpose``. Header buttons that may lose their words in a narrow window carry the
property ``folds`` = ``"true"``.
"""
