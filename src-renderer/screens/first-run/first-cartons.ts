/**
 * Six sizes that dealers keep everywhere and that carry most baskets, as a table for the import. Stock is what the shop
 * counts: it begins with a pack of each. Prices are left at nothing, which is honest until the shop says its own.
 */
export const firstCartons = `code,name,inner_l_mm,inner_w_mm,inner_h_mm,outer_l_mm,outer_w_mm,outer_h_mm,tare_g,max_gross_g,cost_minor,stock
XS,200 x 150 x 90,200,150,90,206,156,102,70,2000,0,25
S,300 x 215 x 140,300,215,140,306,221,152,150,6000,0,25
M,350 x 250 x 200,350,250,200,356,256,212,230,10000,0,25
L,400 x 300 x 250,400,300,250,406,306,262,380,15000,0,25
XL,500 x 400 x 300,500,400,300,506,406,312,650,20000,0,25
XXL,600 x 400 x 400,600,400,400,606,406,412,900,25000,0,25
`
