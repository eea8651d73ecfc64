-- Since when a session is lost: its grace goes on while no manager runs.

ALTER TABLE session ADD COLUMN lost_at TIMESTAMP(9) WITH TIME ZONE;
