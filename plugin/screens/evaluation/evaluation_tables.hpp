// evaluation_tables.hpp - the tables of the evaluation, each with its chart.
#pragma once

#include "screens/evaluation/evaluation_cells.hpp"

namespace lead_system::screens {

json funnel_table(const evaluation_page &page);
json time_table(const evaluation_page &page);
json reasons_table(const evaluation_page &page);
json location_table(const evaluation_page &page);
json salesperson_table(const evaluation_page &page);
json state_table(const evaluation_page &page);
json type_table(const evaluation_page &page);
json source_table(const evaluation_page &page);
json model_table(const evaluation_page &page);
json campaign_table(const evaluation_page &page);
/// How soon leads were answered, by location and by type.
json answer_table(const evaluation_page &page);
json age_table(const evaluation_page &page);
json feedback_table(const evaluation_page &page);

}  // namespace lead_system::screens
