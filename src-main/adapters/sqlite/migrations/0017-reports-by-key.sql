-- Parcels are found by their key alone: this index was never chosen.
drop index parcels_for_reports;
