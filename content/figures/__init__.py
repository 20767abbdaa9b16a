"""The drawings of the shipped figures: one script a figure, one house style, and a command.

``python -m content.figures`` draws them into ``content/cases/figures/``. It needs matplotlib, which
of the program itself `bot.files` alone imports.

A script in ``scripts`` holds a case's numbers and has a function ``draw``, and a ``draw_variant``
for the figure of its variant, which gets the same name and ``-variant``. It says what is drawn; the
shared modules know how it looks:

| to draw | module |
| --- | --- |
| size, type, colours | `style`: ``canvas``, ``SMALL`` ``TEXT`` ``LABEL``, ``SEMIBOLD``, palette |
| ECG paper: strips, the same lead on several days, twelve leads upright | `ecg` |
| the beats on it: P, PR, QRS, ST, T, delta waves, fibrillation, sway and noise | `beats` |
| a monitor's screen | `monitor` |
| breathing, arterial line, ventricles, aorta | `pressures` |
| panels of a chart, alone or stacked; a second unit; scales by decades | `chart` |
| readings, values, reference bands, limits, events, bars of what was given | `trends` |
| nomograms | `nomogram` over `chart` |
| glucose profiles | `glucose` |
| video head impulses | `impulses` |
| blood films and urine sediments as schematics | `cells` |
| malaria parasites in round fields of a blood film | `parasites` |
| a face for what stands on its skin | `face` |
| icon arrays | `icons` |
| waves, smoothing, curves through points, seeded noise | `curves` |

A picture is at most 1.5 times as high as wide, its smallest type 30 pixels, its elements few and
large. It shows what a clinician would see and no conclusion: no diagnosis, arrow or verdict, unless
the case asks for it. Look at it 1200 and 360 pixels wide before it is committed.
"""
